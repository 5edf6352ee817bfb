internal import ArgumentParser

/// Which policy file, and which of its environments.
struct PolicyOptions: ParsableArguments {
    @Option(name: [.long, .customShort("p")], help: "The policy file (INJECT_POLICY; default: inject.yaml).")
    var policy: String?

    @Option(
        name: [.long, .customShort("e")],
        help: "The environment whose secrets are meant (INJECT_ENVIRONMENT; default: the one the token may read)."
    )
    var environment: String?

    /// The policy that was named, or nil for the repository's own.
    func givenPath(_ variables: ProcessEnvironment) -> String? {
        policy ?? variables["INJECT_POLICY"]
    }

    func environmentName(_ variables: ProcessEnvironment) -> String? {
        environment ?? variables["INJECT_ENVIRONMENT"]
    }
}
