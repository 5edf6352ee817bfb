/// Why a request was refused: what the client is told, and what only the record says.
///
/// All tokens and jobs that may not read something are told the same, so that nobody learns what there is to read.
package struct Refusal: Error, Hashable, Sendable {
    /// The error codes of OAuth that are used (RFC 6749, section 5.2; RFC 6750, section 3.1; RFC 8693, section 2.2.2).
    package enum Code: String, Hashable, Sendable {
        /// The request is not one.
        case invalidRequest = "invalid_request"
        /// The job's token opens nothing.
        case invalidGrant = "invalid_grant"
        /// More was asked for than is granted.
        case invalidScope = "invalid_scope"
        /// The grant type is not token exchange.
        case unsupportedGrantType = "unsupported_grant_type"
        /// The resource or audience is not one of this broker.
        case invalidTarget = "invalid_target"
        /// The scoped token opens nothing.
        case invalidToken = "invalid_token"
        /// Too many requests or failures.
        case slowDown = "slow_down"
        /// The broker cannot answer now.
        case unavailable = "temporarily_unavailable"
    }

    /// The code.
    package let code: Code
    /// What the client is told beside the code; never anything of the request.
    package let description: String
    /// What the record says.
    package let reason: String
    /// Whether another try soon is of no use although the code says so.
    package let isLasting: Bool

    /// Describes a refusal.
    package init(_ code: Code, _ description: String, reason: String, isLasting: Bool = false) {
        self.code = code
        self.description = description
        self.reason = reason
        self.isLasting = isLasting
    }

    /// The one answer to every job's token that opens nothing, whatever the reason.
    static func grant(_ reason: String) -> Refusal {
        Refusal(.invalidGrant, "the subject token opens nothing here", reason: reason)
    }

    /// The one answer to every scoped token that opens nothing.
    static func token(_ reason: String) -> Refusal {
        Refusal(.invalidToken, "the access token opens nothing here", reason: reason)
    }

    /// The one answer to whoever asks for more than is granted.
    static let scope = Refusal(.invalidScope, "the token does not open all of that", reason: "not-granted")

    /// The broker's own failure.
    static func unavailable(_ fault: BrokerFault) -> Refusal {
        Refusal(.unavailable, "the broker cannot answer now; try again", reason: fault.rawValue)
    }
}
