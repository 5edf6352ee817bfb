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
            Exit code 0: verified; 1: refused; 2: the token cannot be read, or the issuer's keys cannot be had.

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
        let verifier = try verifier(of: token, variables)
        do {
            let verified = try Blocking.wait("verifying the token", until: deadline) {
                try await verifier.verify(token, audience: audience)
            }
            surroundings.console.output(Self.json(verified).line + "\n")
            return .success
        } catch let diagnostic as Diagnostic where !Self.unanswered.contains(diagnostic.id) {
            throw CommandFailure(diagnostic: diagnostic, status: .findings)
        }
    }

    /// What leaves it open whether the token is good.
    private static let unanswered: Set<Diagnostic.ID> = [
        .issuerKeysUnavailable, .issuerKeysRefused, .issuerDiscoveryRefused, .deadlinePassed, .unexpected,
    ]

    /// A token may choose this machine's own issuer only where nobody said whose tokens or which keys count.
    private func verifier(of token: UnverifiedToken, _ variables: ProcessEnvironment) throws -> TokenVerifier {
        var options = TokenOptions()
        options.jwks = jwks
        options.trustLocalIssuer = trustLocalIssuer
        let given = try options.keySet(variables)
        let trusts = try options.trustsLocalIssuer(variables)
        let named = issuer ?? variables["INJECT_ISSUER"]
        if named == nil, given == nil, token.claimedIssuer?.elementsEqual(IssuerConfiguration.localIssuer.utf8) == true
        {
            return try Self.localVerifier()
        }
        let issuer = Self.configuration(named ?? "github")
        if given == nil, issuer.issuer == IssuerConfiguration.localIssuer { return try Self.localVerifier() }
        let http = CurlClient(HTTPConfiguration.make(variables))
        let cache = JWKSCache(issuer, http: http, trustsLoopback: trusts, now: Surroundings.clock)
        return TokenVerifier(issuer: issuer, keys: given ?? cache, now: Surroundings.clock)
    }

    private static func localVerifier() throws(Diagnostic) -> TokenVerifier {
        let keys = try LocalIssuer(folder: LocalIssuer.folder()).keySource()
        return TokenVerifier(issuer: .local, keys: keys, now: Surroundings.clock)
    }

    private static func configuration(_ name: String) -> IssuerConfiguration {
        switch name {
        case "github": .github
        case "gitlab": .gitlab()
        default: .named(name)
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
