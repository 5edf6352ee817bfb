internal import ArgumentParser

extension RunCommand {
    /// The command that ArgumentParser makes of no arguments: every option has a value, or reading it would trap.
    static func withDefaults() -> RunCommand {
        var command = RunCommand()
        command.policyOptions = .withDefaults()
        command.tokenOptions = .withDefaults()
        command.storeOptions = StoreOptions()
        command.storeOptions.dotenvDialect = nil
        command.flags = .withDefaults()
        command.shell = nil
        command.command = []
        return command
    }
}

extension PolicyOptions {
    fileprivate static func withDefaults() -> PolicyOptions {
        var options = PolicyOptions()
        options.policy = nil
        options.environment = nil
        options.broker = nil
        return options
    }
}

extension TokenOptions {
    fileprivate static func withDefaults() -> TokenOptions {
        var options = TokenOptions()
        options.oidcTokenFile = nil
        options.oidcTokenVariable = nil
        options.audience = nil
        options.claims = []
        options.jwks = nil
        options.trustLocalIssuer = false
        options.deadline = nil
        return options
    }
}

extension RunFlags {
    fileprivate static func withDefaults() -> RunFlags {
        var flags = RunFlags()
        flags.only = nil
        flags.pristine = false
        flags.passed = []
        flags.onCollision = nil
        flags.keepActionsCredentials = false
        flags.allowDisk = false
        flags.memfd = false
        flags.replace = false
        flags.noMasking = false
        flags.noWorkflowCommands = false
        flags.failOnLeak = false
        flags.dryRun = false
        flags.report = nil
        flags.githubOutput = false
        flags.quiet = false
        return flags
    }
}
