internal import ArgumentParser

/// The main job's arguments, read without the reflection that ArgumentParser takes a fifth of a start for.
///
/// Reads a command line as ArgumentParser does, or not at all: what is not plainly right is left to it, and so are the
/// words about it.
struct RunArguments {
    private var command = RunCommand.withDefaults()
    private var words: ArraySlice<String>

    /// The command that a line of `inject [run]` means, or nil where ArgumentParser has to look at it.
    static func command(of arguments: ArraySlice<String>) -> RunCommand? {
        var reader = RunArguments(words: arguments)
        while let word = reader.words.popFirst() {
            if word == "--" {
                reader.command.command = Array(reader.words)
                break
            }
            guard reader.takeSwitch(word) || reader.takeOption(word) else { return nil }
        }
        return reader.command
    }

    private mutating func takeSwitch(_ word: String) -> Bool {
        switch word {
        case "--trust-local-issuer": command.tokenOptions.trustLocalIssuer = true
        case "--pristine": command.flags.pristine = true
        case "--keep-actions-credentials": command.flags.keepActionsCredentials = true
        case "--allow-disk": command.flags.allowDisk = true
        case "--memfd": command.flags.memfd = true
        case "--replace": command.flags.replace = true
        case "--no-masking": command.flags.noMasking = true
        case "--no-workflow-commands": command.flags.noWorkflowCommands = true
        case "--fail-on-leak": command.flags.failOnLeak = true
        case "--dry-run": command.flags.dryRun = true
        case "--github-output": command.flags.githubOutput = true
        case "--quiet", "-q": command.flags.quiet = true
        default: return false
        }
        return true
    }

    private mutating func takeOption(_ word: String) -> Bool {
        // A dash in front may make it an option, or a missing value.
        guard let value = words.popFirst(), !value.hasPrefix("-") else { return false }
        switch word {
        case "--policy", "-p": command.policyOptions.policy = value
        case "--environment", "-e": command.policyOptions.environment = value
        case "--broker": command.policyOptions.broker = value
        case "--oidc-token-file": command.tokenOptions.oidcTokenFile = value
        case "--oidc-token-variable": command.tokenOptions.oidcTokenVariable = value
        case "--audience": command.tokenOptions.audience = value
        case "--claim": command.tokenOptions.claims.append(value)
        case "--jwks": command.tokenOptions.jwks = value
        case "--deadline": command.tokenOptions.deadline = value
        case "--only": command.flags.only = value
        case "--pass-env": command.flags.passed.append(value)
        case "--report": command.flags.report = value
        case "--shell": command.shell = value
        default: return false
        }
        return true
    }
}
