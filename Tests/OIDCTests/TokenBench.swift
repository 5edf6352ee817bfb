import Diagnostics
import InjectTesting
import JOSE
import OIDC
import OpenSSLCrypto
import StrictJSON
import Testing

/// Signs what a test asks for and verifies it as GitHub's tokens are verified.
struct TokenBench {
    /// 2026-11-24 03:00 UTC.
    static let now: Int64 = 1_795_489_200
    static let audience = "inject://example"

    /// RSA keys take long to make; the tests share two.
    private static let signers = Result {
        let key = { try PrivateKey.generateRSA() }
        return (own: try JWSSigner(key: key()), other: try JWSSigner(key: key()))
    }

    let signer: JWSSigner
    let otherSigner: JWSSigner
    var issuer = IssuerConfiguration.github
    var now = TokenBench.now
    var serverTime: Int64?

    init() throws { (signer, otherSigner) = try Self.signers.get() }

    /// A good payload with some members replaced by raw JSON, or left out where there is none.
    static func payload(_ changes: [(String, String?)] = []) -> [UInt8] {
        var members = [
            ("iss", #""https://token.actions.githubusercontent.com""#), ("aud", #""inject://example""#),
            ("sub", #""repo:o/r:ref:refs/heads/main""#), ("jti", #""j""#), ("iat", "1795489190"), ("nbf", "1795488590"),
            ("exp", "1795489490"), ("repository", #""o/r""#), ("ref_protected", #""true""#), ("run_id", #""7""#),
        ]
        for (name, value) in changes {
            members.removeAll { $0.0 == name }
            if let value { members.append((name, value)) }
        }
        return Array(("{" + members.map { #""\#($0.0)":\#($0.1)"# }.joined(separator: ",") + "}").utf8)
    }

    func verify(_ changes: [(String, String?)] = []) async throws -> VerifiedToken {
        try await verify(payload: Self.payload(changes))
    }

    func verify(payload: [UInt8]) async throws -> VerifiedToken {
        try await verify(UnverifiedToken(signer.sign(payload: payload)))
    }

    func verify(header: String) async throws -> VerifiedToken {
        try await verify(UnverifiedToken(signer.sign(header: Array(header.utf8), payload: Self.payload())))
    }

    func verify(_ token: UnverifiedToken) async throws -> VerifiedToken {
        let set = try signer.jwks.withUnsafeBytes { try JWKSet(parsing: $0) }
        let keys = FixedKeys(given: IssuerKeys(set: set, fetchedAt: now, serverTime: serverTime))
        let now = now
        return try await TokenVerifier(issuer: issuer, keys: keys, now: { now }).verify(token, audience: Self.audience)
    }

    private struct FixedKeys: KeySource {
        let given: IssuerKeys
        func keys() async throws(Diagnostic) -> IssuerKeys { given }
        func keys(newerThan seen: IssuerKeys) async throws(Diagnostic) -> IssuerKeys? { nil }
    }
}

/// Expects a diagnostic of one kind, and returns its whole text.
@discardableResult
func expectDiagnostic<Value>(
    _ id: String,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Value
) async -> String {
    do {
        _ = try await body()
        Issue.record("accepted, expected \(id)", sourceLocation: sourceLocation)
    } catch let diagnostic as Diagnostic {
        #expect(diagnostic.id.description == id, "\(diagnostic.text)", sourceLocation: sourceLocation)
        return diagnostic.text
    } catch {
        Issue.record(error, sourceLocation: sourceLocation)
    }
    return ""
}

extension VerifiedToken {
    subscript(_ name: String) -> VerifiedClaim.Value? {
        claims.first { $0.name.elementsEqual(name.utf8) }?.value
    }
}
