package import Diagnostics
import JOSE
import Secrets

/// Turns an `UnverifiedToken` into a `VerifiedToken`, or says why not.
package struct TokenVerifier: Sendable {
    private let issuer: IssuerConfiguration
    private let keys: any KeySource
    private let now: @Sendable () -> Int64

    /// A verifier of one issuer's tokens; `now` is seconds since the Unix epoch.
    package init(issuer: IssuerConfiguration, keys: any KeySource, now: @escaping @Sendable () -> Int64) {
        self.issuer = issuer
        self.keys = keys
        self.now = now
    }

    /// Verifies the signature, and only after it issuer, audience, times and the kinds of the claims.
    package func verify(_ token: UnverifiedToken, audience: String) async throws(Diagnostic) -> VerifiedToken {
        let jws: CompactJWS
        do {
            jws = try CompactJWS(parsing: token.bytes)
        } catch {
            throw refusal(error, of: token)
        }
        var keys = try await keys.keys()
        var payload = payload(of: jws, keys)
        if case .failure(let error) = payload, error.code == .unknownKeyID,
            let newer = try await self.keys.keys(newerThan: keys)
        {
            keys = newer
            payload = self.payload(of: jws, newer)
        }
        switch payload {
        case .success(let payload): return try verified(payload, keys, audience)
        case .failure(let error): throw refusal(error, of: token)
        }
    }

    private func payload(of jws: CompactJWS, _ keys: IssuerKeys) -> Result<[UInt8], JOSEError> {
        let verifier = JWSVerifier(allowed: issuer.algorithms, types: issuer.tokenTypes)
        do throws(JOSEError) {
            return .success(try verifier.verify(jws, with: keys.set))
        } catch {
            return .failure(error)
        }
    }

    private func verified(
        _ payload: [UInt8],
        _ keys: IssuerKeys,
        _ audience: String
    ) throws(Diagnostic) -> VerifiedToken {
        let claims = try TokenClaims(payload)
        for name in issuer.requiredClaims { try claims.require(name) }
        try claims.checkIssuer(issuer.issuer)
        try claims.checkAudience(audience)
        let times = try TokenTimes(claims, now: now(), keys: keys)
        try times.check(issuer)
        if issuer.hasGitHubClaims { try claims.checkGitHubKinds() }
        return VerifiedToken(
            issuer: issuer.issuer,
            claims: claims.all,
            subject: try claims.identifier("sub"),
            issuedAt: times.issuedAt,
            expiresAt: times.expiresAt
        )
    }
}

// MARK: - Refusals of the signature

extension Diagnostic.ID {
    /// The signature is not the issuer's.
    package static let tokenForged = Diagnostic.ID("token-forged")
    /// The token names a key that the issuer does not have.
    package static let tokenUnknownKey = Diagnostic.ID("token-unknown-key")
    /// The token names a key that must not be used for it.
    package static let tokenUnsuitableKey = Diagnostic.ID("token-unsuitable-key")
    /// The token's algorithm is not one of the issuer's.
    package static let tokenAlgorithm = Diagnostic.ID("token-algorithm")
    /// Something failed that should not fail.
    package static let tokenNotVerifiable = Diagnostic.ID("token-not-verifiable")
}

extension TokenVerifier {
    /// A token of another issuer fails at the signature, too, and then the other issuer is what helps to know.
    private func refusal(_ error: JOSEError, of token: UnverifiedToken) -> Diagnostic {
        switch error.code {
        case .tokenTooLong: return UnverifiedToken.tooLong
        case .notBase64URL:
            let message = "the token is not one that is accepted: \(error.detail)"
            return Diagnostic(.tokenMalformed, message, [UnverifiedToken.asGiven])
        case .notThreeParts, .emptyPart, .malformedHeader, .extendedHeader, .nestedContent, .keyIDTooLong,
            .typeNotAllowed:
            return Diagnostic(.tokenMalformed, "the token is not one that is accepted: \(error.detail)")
        default: break
        }
        if let claimed = token.claimedIssuer, !claimed.elementsEqual(issuer.issuer.utf8) {
            return TokenClaims.wrongIssuer(claimed, expected: issuer.issuer, isVerified: false)
        }
        return signatureRefusal(error)
    }

    private var algorithms: String {
        "issuer `\(issuer.issuer)` may sign with " + issuer.algorithms.map(\.rawValue).sorted().joined(separator: ", ")
    }

    private func signatureRefusal(_ error: JOSEError) -> Diagnostic {
        switch error.code {
        case .algorithmNotAllowed: Diagnostic(.tokenAlgorithm, error.detail, [.note(algorithms)])
        case .unknownKeyID, .noKeyFits, .severalKeysFit:
            Diagnostic(
                .tokenUnknownKey,
                "the token is signed with a key that issuer `\(issuer.issuer)` does not have: \(error.detail)",
                [.help("ask for a new token; if it stays, the token is not from this issuer")]
            )
        case .keyRefused, .algorithmMismatch:
            Diagnostic(.tokenUnsuitableKey, "the token's key must not be used: \(error.detail)")
        case .signatureMismatch:
            Diagnostic(
                .tokenForged,
                "the token's signature is not one of issuer `\(issuer.issuer)`",
                [.help("ask for a new token, and find out who made this one: it was changed or forged")]
            )
        default: Diagnostic(.tokenNotVerifiable, "the token could not be verified: \(error.detail)")
        }
    }
}
