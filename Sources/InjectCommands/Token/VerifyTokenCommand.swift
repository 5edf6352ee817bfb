internal import ArgumentParser
internal import Diagnostics
internal import HTTPTransport
internal import OIDC
internal import StrictJSON

/// `inject token verify`: says whether a token is what it claims.
struct VerifyTokenCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies a token and prints its claims as one JSON object.",
        discussion: """
            Exit code 0: verified; 1: refused; 2: it cannot be read.

              inject token fake | inject token verify
              inject token verify --audience sts.amazonaws.com token
              inject token verify --issuer https://gitlab.com --jwks keys.json token
            """
    )

    @Argument(help: ArgumentHelp("The token's file; `-` is standard input, the default.", valueName: "file"))
    var file: String = "-"

    @Option(help: "The audience it must be for (INJECT_AUDIENCE; default: inject).")
    var audience: String?

    @Option(help: "Who must have issued it: github, gitlab or a URL (INJECT_ISSUER; default: github).")
    var issuer: String?

    @Option(help: ArgumentHelp("Verify with these keys instead of the issuer's own (INJECT_JWKS).", valueName: "file"))
    var jwks: String?

    @Flag(help: "Accept an issuer on this machine over plain HTTP (INJECT_TRUST_LOCAL_ISSUER).")
    var trustLocalIssuer = false

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let variables = surroundings.environment
        let source: any TokenSource = file == "-" ? StandardInputTokenSource() : FileTokenSource(path: file)
        let deadline = try Deadline(option: nil, variables)
        let token = try Blocking.wait("reading the token", until: deadline) { try await source.token(audience: "") }
        let audience = audience ?? variables["INJECT_AUDIENCE"] ?? "inject"
        let issuer = try issuerConfiguration(variables)
        var options = TokenOptions()
        options.jwks = jwks
        options.trustLocalIssuer = trustLocalIssuer
        let keys = try options.keySet(variables)
        let trusts = try options.trustsLocalIssuer(variables)
        let http = CurlClient(HTTPConfiguration.make(variables))
        let cache = JWKSCache(issuer, http: http, trustsLoopback: trusts, now: Surroundings.clock)
        do {
            let verified = try Blocking.wait("verifying the token", until: deadline) {
                let verifier = try JobToken.verifier(of: token, issuer, keys: keys ?? cache, SharedLocalIssuer())
                return try await verifier.verify(token, audience: audience)
            }
            surroundings.console.output(Self.json(verified).line + "\n")
            return .success
        } catch let diagnostic as Diagnostic {
            throw CommandFailure(diagnostic: diagnostic, status: .findings)
        }
    }

    private func issuerConfiguration(_ variables: ProcessEnvironment) throws(Diagnostic) -> IssuerConfiguration {
        let name = issuer ?? variables["INJECT_ISSUER"] ?? "github"
        switch name {
        case "github": return .github
        case "gitlab": return .gitlab()
        default: return .known(issuer: name) ?? IssuerConfiguration(issuer: name)
        }
    }

    private static func json(_ token: VerifiedToken) -> JSONWriter {
        .object(
            token.claims.map { claim in
                let value: JSONWriter =
                    switch claim.value {
                    case .text(let bytes): .string(String(decoding: bytes, as: UTF8.self))
                    case .number(let number): .integer(number)
                    case .other(let json): .written(json)
                    }
                return (String(decoding: claim.name, as: UTF8.self), value)
            })
    }
}
