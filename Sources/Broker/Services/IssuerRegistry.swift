internal import Diagnostics
package import OIDC
internal import Secrets

/// Whose tokens count: a fixed list, from which a token's `iss` only picks.
package struct IssuerRegistry: Sendable {
    private struct Entry: Sendable {
        let issuer: IssuerConfiguration
        let keys: any KeySource
    }

    private let entries: [[UInt8]: Entry]
    private let audience: String
    private let now: @Sendable () -> Int64

    /// Lists issuers with where their keys come from; tokens must be for `audience`.
    package init(
        _ issuers: [(IssuerConfiguration, any KeySource)],
        audience: String,
        now: @escaping @Sendable () -> Int64
    ) {
        let pairs = issuers.map { (Array($0.issuer.utf8), Entry(issuer: $0, keys: $1)) }
        entries = Dictionary(pairs) { first, _ in first }
        self.audience = audience
        self.now = now
    }

    /// Whether the keys of every issuer can be had now; they are fetched where there are none yet.
    func haveKeys() async -> Bool {
        for entry in entries.values {
            do throws(Diagnostic) { _ = try await entry.keys.keys() } catch { return false }
        }
        return true
    }

    /// Verifies a job's token; what it throws is for the record.
    func verify(_ text: SecretBytes) async throws(Refusal) -> (token: VerifiedToken, use: TokenUse) {
        do throws(Diagnostic) {
            let token = try UnverifiedToken(text)
            guard let entry = entry(for: token) else {
                throw Diagnostic(.tokenWrongIssuer, "no configured issuer")
            }
            let verifier = TokenVerifier(issuer: entry.issuer, keys: entry.keys, now: now)
            let verified = try await verifier.verify(token, audience: audience)
            return (verified, try use(of: verified, text, entry.issuer))
        } catch {
            // Without keys nobody knows whether the token is good.
            if [.issuerKeysUnavailable, .issuerKeysRefused, .issuerDiscoveryRefused].contains(error.id) {
                throw Refusal(.unavailable, "the issuer's keys cannot be had now", reason: error.id.description)
            }
            throw .grant(error.id.description)
        }
    }

    /// The only issuer, or the one that the token names; the verifier asks either whether the token is its own.
    private func entry(for token: UnverifiedToken) -> Entry? {
        if entries.count == 1 { return entries.values.first }
        return token.claimedIssuer.flatMap { entries[$0] }
    }

    private func use(
        of token: VerifiedToken,
        _ text: SecretBytes,
        _ issuer: IssuerConfiguration
    ) throws(Diagnostic) -> TokenUse {
        let forgettable = min(token.expiresAt, token.issuedAt + issuer.maximumAge) + issuer.leeway + 1
        let named = token.claims.first { $0.name.elementsEqual("jti".utf8) }
        if case .text(let id) = named?.value, !id.isEmpty, id.count <= 512 {
            return TokenUse(issuer: token.issuer, id: id, forgettableAt: forgettable)
        }
        guard named == nil, let digest = Self.digest(text) else {
            throw Diagnostic(.tokenClaimMalformed, "the token's `jti` is no short text")
        }
        return TokenUse(issuer: token.issuer, id: digest.bytes, forgettableAt: forgettable)
    }

    /// Of what is signed alone: an ECDSA signature has a twin, and a token must not be good once with each.
    private static func digest(_ text: SecretBytes) -> TokenDigest? {
        text.withExposedBytes { bytes in
            guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")) else { return nil }
            return try? TokenDigest(of: UnsafeRawBufferPointer(rebasing: bytes[..<dot]))
        }
    }
}
