extension SecretName {
    /// Whether a variable of this name makes programs run code or steers the runner or inject itself.
    ///
    /// No policy may deliver a secret under such a name: a value that a store's owner controls would become code in
    /// the job.
    package var isDangerous: Bool {
        Self.exact.contains(text) || Self.prefixes.contains { text.utf8.starts(with: $0.utf8) }
    }

    private static let exact: Set<String> = [
        "PATH", "BASH_ENV", "ENV", "PROMPT_COMMAND", "NODE_OPTIONS", "JAVA_TOOL_OPTIONS", "IFS", "SHELLOPTS",
        "BASHOPTS",
    ]

    private static let prefixes = [
        "LD_", "DYLD_", "PYTHON", "PERL5", "RUBY", "GIT_", "GITHUB_", "RUNNER_", "ACTIONS_", "INJECT_", "BASH_FUNC_",
    ]
}
