internal import Diagnostics
internal import Injection

extension RunFlags {
    /// The options of a run, with variables where no option was given.
    func options(_ variables: ProcessEnvironment) throws(Diagnostic) -> RunOptions {
        let disk = variables["RUNNER_TEMP"] ?? variables["TMPDIR"] ?? "/tmp"
        let allowsDisk = try on(allowDisk, "INJECT_ALLOW_DISK", variables)
        let places = SecretFolderPlaces(runtime: variables["XDG_RUNTIME_DIR"], disk: allowsDisk ? disk : nil)
        var options = RunOptions(places: places)
        options.usesMemoryFiles = try on(memfd, "INJECT_MEMFD", variables)
        options.environment.isPristine = try on(pristine, "INJECT_PRISTINE", variables)
        options.environment.passed = passed.isEmpty ? variables.list("INJECT_PASS_ENV") : passed
        let collision: EnvironmentOptions.Collision? = try variables.choice("INJECT_ON_COLLISION")
        options.environment.collision = onCollision ?? collision ?? .error
        options.environment.keepsActionsCredentials = try on(
            keepActionsCredentials,
            "INJECT_KEEP_ACTIONS_CREDENTIALS",
            variables
        )
        options.allowsWorkflowCommands = try !on(noWorkflowCommands, "INJECT_NO_WORKFLOW_COMMANDS", variables)
        guard try on(noMasking, "INJECT_NO_MASKING", variables) else { return options }
        if !options.allowsWorkflowCommands { throw Self.unread("--no-workflow-commands") }
        if try on(failOnLeak, "INJECT_FAIL_ON_LEAK", variables) { throw Self.unread("--fail-on-leak") }
        return options
    }

    private static func unread(_ option: String) -> Diagnostic {
        Diagnostic(
            .usage, "`\(option)` reads the command's output, and `--no-masking` leaves it alone",
            [.help("keep one of them")]
        )
    }

    /// The names of `--only`, or nil for everything that is granted.
    func names(_ variables: ProcessEnvironment) throws(Diagnostic) -> [String]? {
        try NamedSecrets.parse(only, variables)
    }

    /// A switch that is on by its option or its variable.
    func on(_ flag: Bool, _ name: String, _ variables: ProcessEnvironment) throws(Diagnostic) -> Bool {
        if flag { return true }
        return try variables.flag(name)
    }
}
