internal import ArgumentParser
internal import Diagnostics
internal import Glibc
internal import HTTPTransport
internal import OIDC
internal import Secrets

/// `inject token request`: the job's token, from wherever this job gets it.
struct RequestTokenCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "request",
        abstract: "Requests the job's OIDC token and prints it, unverified.",
        discussion: """
            The token is a credential. In GitHub Actions it is masked first; to a terminal it is printed only with \
            --reveal.

              inject token request --audience sts.amazonaws.com >token
            """
    )

    @Option(help: "The audience the token is for (INJECT_AUDIENCE; default: inject).")
    var audience: String?

    @Option(
        help: ArgumentHelp("Read it from this variable instead (INJECT_OIDC_TOKEN_VARIABLE).", valueName: "name")
    )
    var oidcTokenVariable: String?

    @Flag(help: "Print it even to a terminal.")
    var reveal = false

    @Flag(help: "Accept a token service on this machine over plain HTTP (INJECT_TRUST_LOCAL_ISSUER).")
    var trustLocalIssuer = false

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        guard reveal || isatty(STDOUT_FILENO) == 0 else {
            throw Diagnostic(
                .tokenToTerminal,
                "the token is a credential and would be shown on the terminal",
                [.help("redirect it, or pass `--reveal`")]
            )
        }
        let variables = surroundings.environment
        let audience = audience ?? variables["INJECT_AUDIENCE"] ?? "inject"
        let source = try source(surroundings)
        let deadline = try Deadline(option: nil, variables)
        let token = try Blocking.wait("getting the job's token", until: deadline) {
            try await source.token(audience: audience)
        }
        if surroundings.console.isGitHub { mask(token, surroundings.console) }
        token.bytes.withExposedBytes { surroundings.console.output($0) }
        surroundings.console.output("\n")
        return .success
    }

    private func source(_ surroundings: Surroundings) throws(Diagnostic) -> any TokenSource {
        if let variable = oidcTokenVariable ?? surroundings.environment["INJECT_OIDC_TOKEN_VARIABLE"] {
            return EnvironmentTokenSource(variable: variable)
        }
        let isTrusted = try surroundings.environment.flag("INJECT_TRUST_LOCAL_ISSUER")
        let console = surroundings.console
        try HTTPConfiguration.requireLibrary()
        let http = CurlClient(HTTPConfiguration.make(surroundings.environment))
        return GitHubTokenSource(http: http, trustsLoopback: trustLocalIssuer || isTrusted) { retry in
            console.remark("inject: \(retry.text)\n")
        }
    }

    /// On standard error, which the runner reads too: standard output holds the token alone.
    private func mask(_ token: UnverifiedToken, _ console: Console) {
        console.remark("::add-mask::")
        token.bytes.withExposedBytes { console.remark($0) }
        console.remark("\n")
    }
}

extension Diagnostic.ID {
    /// A token would be shown on a terminal.
    static let tokenToTerminal = Diagnostic.ID("token-to-terminal")
}
