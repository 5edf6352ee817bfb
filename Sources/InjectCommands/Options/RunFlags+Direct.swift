extension RunFlags: DirectOptions {
    static func withDefaults() -> RunFlags {
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

    mutating func take(switch name: String) -> Bool {
        switch name {
        case "--pristine": pristine = true
        case "--keep-actions-credentials": keepActionsCredentials = true
        case "--allow-disk": allowDisk = true
        case "--memfd": memfd = true
        case "--replace": replace = true
        case "--no-masking": noMasking = true
        case "--no-workflow-commands": noWorkflowCommands = true
        case "--fail-on-leak": failOnLeak = true
        case "--dry-run": dryRun = true
        case "--github-output": githubOutput = true
        case "--quiet", "-q": quiet = true
        default: return false
        }
        return true
    }

    mutating func take(option name: String, _ value: String) -> Bool {
        switch name {
        case "--only": only = value
        case "--pass-env": passed.append(value)
        case "--report": report = value
        default: return false
        }
        return true
    }
}
