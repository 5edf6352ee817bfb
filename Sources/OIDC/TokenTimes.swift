package import Diagnostics

extension Diagnostic.ID {
    /// The token's `exp` is past.
    package static let tokenExpired = Diagnostic.ID("token-expired")
    /// The token's `nbf` is still to come.
    package static let tokenNotYetValid = Diagnostic.ID("token-not-yet-valid")
    /// The token was issued longer ago than a job's token is used.
    package static let tokenTooOld = Diagnostic.ID("token-too-old")
    /// This machine's clock and the issuer's disagree.
    package static let tokenClockSkew = Diagnostic.ID("token-clock-skew")
}

/// The times of a token beside our clock and, where it is known, the server's.
struct TokenTimes {
    let issuedAt: Int64
    let expiresAt: Int64
    private let notBefore: Int64?
    private let now: Int64
    /// How far the server's clock was ahead of ours when it gave its keys.
    private let serverLead: Int64?

    init(_ claims: TokenClaims, now: Int64, keys: IssuerKeys) throws(Diagnostic) {
        guard let issuedAt = try claims.time("iat"), let expiresAt = try claims.time("exp") else {
            throw Diagnostic(.tokenClaimMissing, "the token has no claim `iat` or no claim `exp`")
        }
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
        notBefore = try claims.time("nbf")
        self.now = now
        serverLead = keys.serverTime.map { $0 - keys.fetchedAt }
    }

    /// NumericDates are at most 2^53, so sums with a leeway cannot overflow.
    func check(_ issuer: IssuerConfiguration) throws(Diagnostic) {
        guard issuedAt <= now + issuer.leeway else { throw skew("the token was issued in the future of this machine") }
        guard (notBefore ?? 0) <= now + issuer.leeway else {
            throw refusal(.tokenNotYetValid, "the token is not valid yet", issuer)
        }
        guard now < expiresAt + issuer.leeway else {
            throw refusal(.tokenExpired, "the token expired \(now - expiresAt) s ago", issuer)
        }
        guard now - issuedAt <= issuer.maximumAge else {
            let text = "the token is \(now - issuedAt) s old, and no token counts longer than \(issuer.maximumAge) s"
            throw refusal(.tokenTooOld, text, issuer)
        }
    }

    private func refusal(_ id: Diagnostic.ID, _ message: String, _ issuer: IssuerConfiguration) -> Diagnostic {
        if let serverLead, abs(serverLead) > issuer.leeway {
            return skew(
                "this machine's clock is \(abs(serverLead)) s \(serverLead > 0 ? "behind" : "ahead of") the issuer's")
        }
        return Diagnostic(id, message, [clocks, .help("ask for a new token right before it is used")])
    }

    private func skew(_ message: String) -> Diagnostic {
        Diagnostic(.tokenClockSkew, message, [clocks, .help("set this machine's clock, for example with NTP")])
    }

    private var clocks: Diagnostic.Remark {
        let server = serverLead.map { ", issuer's clock \(now + $0)" } ?? ""
        return .note(
            "iat \(issuedAt), nbf \(notBefore.map(String.init) ?? "absent"), exp \(expiresAt), our clock \(now)\(server)"
        )
    }
}
