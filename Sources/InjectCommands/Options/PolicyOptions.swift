internal import ArgumentParser
internal import Diagnostics

/// Which policy file, and which of its environments.
struct PolicyOptions: ParsableArguments {
    @Option(name: [.long, .customShort("p")], help: "The policy file (INJECT_POLICY; default: inject.yaml).")
    var policy: String?

    @Option(
        name: [.long, .customShort("e")],
        help: "The environment whose secrets are meant (INJECT_ENVIRONMENT; default: the one the token may read)."
    )
    var environment: String?

    @Option(
        help: ArgumentHelp(
            "Ask this broker, which has the policy, and read no policy file (INJECT_BROKER).", valueName: "url")
    )
    var broker: String?

    /// The broker that decides without a policy file, or nil where there is a file.
    func givenBroker(_ variables: ProcessEnvironment) throws(Diagnostic) -> String? {
        guard let broker = broker ?? variables["INJECT_BROKER"] else { return nil }
        guard let path = givenPath(variables) else { return broker }
        throw Diagnostic(
            .usage, "there is both a broker, `\(broker)`, and a policy file, `\(path)`",
            [.help("keep one of them: a policy file names its broker itself, by `exchange: { broker: URL }`")]
        )
    }

    /// The policy that was named, or nil for the repository's own.
    func givenPath(_ variables: ProcessEnvironment) -> String? {
        policy ?? variables["INJECT_POLICY"]
    }

    func environmentName(_ variables: ProcessEnvironment) -> String? {
        environment ?? variables["INJECT_ENVIRONMENT"]
    }
}
