internal import ArgumentParser
internal import Diagnostics
internal import Injection

/// What the command inherits and how it is watched.
struct RunFlags: ParsableArguments {
    @Option(
        help: ArgumentHelp("Inject only these of the granted secrets, by name (INJECT_ONLY).", valueName: "name,…")
    )
    var only: String?

    @Flag(help: "Start from an environment of PATH, HOME, LANG, TERM and TMPDIR (INJECT_PRISTINE).")
    var pristine = false

    @Option(
        name: .customLong("pass-env"),
        help: ArgumentHelp(
            "With --pristine, inherit these variables too; `*` matches anything (INJECT_PASS_ENV).",
            valueName: "pattern"
        )
    )
    var passed: [String] = []

    @Option(help: "Where a variable exists already: error, keep or replace (INJECT_ON_COLLISION; default: error).")
    var onCollision: EnvironmentOptions.Collision?

    @Flag(help: "Let the command ask GitHub for tokens of its own (INJECT_KEEP_ACTIONS_CREDENTIALS).")
    var keepActionsCredentials = false

    @Flag(help: "Write secret files to a disk where there is no memory-backed folder (INJECT_ALLOW_DISK).")
    var allowDisk = false

    @Flag(help: "Hand secret files over as sealed memory, /proc/self/fd/N, without a folder (INJECT_MEMFD).")
    var memfd = false

    @Flag(help: "With --no-masking, become the command instead of waiting for it (INJECT_REPLACE).")
    var replace = false

    @Flag(help: "Do not mask the command's output (INJECT_NO_MASKING).")
    var noMasking = false

    @Flag(
        help:
            "Keep GitHub's runner from obeying what the command prints: `::…` and `##[…]` (INJECT_NO_WORKFLOW_COMMANDS)."
    )
    var noWorkflowCommands = false

    @Flag(help: "Exit 1 if a secret had to be masked, though the command succeeded (INJECT_FAIL_ON_LEAK).")
    var failOnLeak = false

    @Flag(help: "Print what would be injected, as `inject plan` does, and run nothing (INJECT_DRY_RUN).")
    var dryRun = false

    @Option(
        help: ArgumentHelp(
            "Write what was decided and masked to a file, as JSON and without a value (INJECT_REPORT).",
            valueName: "file"
        )
    )
    var report: String?

    @Flag(help: "Set decision, grant, secret-names and more as outputs of a GitHub step (INJECT_GITHUB_OUTPUT).")
    var githubOutput = false

    @Flag(name: [.long, .short], help: "Print no report after the command (INJECT_QUIET).")
    var quiet = false
}

extension EnvironmentOptions.Collision: ExpressibleByArgument {}
