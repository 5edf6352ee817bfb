internal import ArgumentParser
internal import Diagnostics
internal import OIDC
internal import Secrets

/// `inject token fake`: a token of the local issuer.
struct FakeTokenCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "fake",
        abstract: "Prints a token of the local issuer, completed as GitHub would fill it.",
        discussion: """
            It is signed with a key of this machine, made on first use. For fetching it is honoured only in \
            environments marked `local: "true"`; everywhere else it can ask, with plan and explain.

              inject token fake --claim event_name=push --claim ref=refs/heads/main >token
            """
    )

    @Option(
        name: .customLong("claim"),
        help: ArgumentHelp("A claim; may be repeated.", valueName: "name=value")
    )
    var claims: [String] = []

    @Option(help: "The audience (INJECT_AUDIENCE; default: inject).")
    var audience: String?

    @Option(help: "The form of `sub`: classic or immutable.")
    var subject: FakeClaims.SubjectForm = .classic

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let issuer = try LocalIssuer(folder: LocalIssuer.folder())
        let audience = audience ?? surroundings.environment["INJECT_AUDIENCE"] ?? "inject"
        let given = try ClaimArguments.parse(claims)
        let claims = try FakeClaims(given, form: subject, audience: audience, now: surroundings.now)
        let token = try issuer.token(claims)
        token.bytes.withExposedBytes { surroundings.console.output($0) }
        surroundings.console.output("\n")
        return .success
    }
}

extension FakeClaims.SubjectForm: ExpressibleByArgument {}
