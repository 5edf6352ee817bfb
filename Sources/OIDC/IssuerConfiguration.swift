package import JOSE

/// Whom a token may come from, and what such a token has to be like.
///
/// Made from configuration or a policy, never from a token: a token must not choose who vouches for it.
package struct IssuerConfiguration: Sendable {
    /// Where the issuer's keys are.
    package enum KeyLocation: Hashable, Sendable {
        /// At an address that is known.
        case address(String)
        /// Where the discovery document at this address says, on the same host (OpenID Connect Discovery 1.0, section 4).
        case discovery(String)
        /// With whoever verifies; nothing is fetched.
        case supplied
    }

    /// What `iss` is, byte for byte.
    package let issuer: String
    /// Where the keys are.
    package let keys: KeyLocation
    /// The algorithms that count.
    package var algorithms: Set<JWSAlgorithm> = [.rs256]
    /// The values of the header's `typ` that count, where it has one.
    package var tokenTypes = ["JWT"]
    /// The claims without which a token is refused.
    package var requiredClaims = ["iss", "aud", "sub", "exp", "iat"]
    /// Whether claims that GitHub sends as strings are refused as anything else.
    package var hasGitHubClaims = false
    /// By how much clocks may differ, in seconds.
    package var leeway: Int64 = 60
    /// How long after `iat` a token counts at most, in seconds, whatever its `exp` says.
    package var maximumAge: Int64 = 600

    /// An issuer whose keys its discovery document names.
    package init(issuer: String) {
        let base = issuer.hasSuffix("/") ? String(issuer.dropLast()) : issuer
        self.init(issuer: issuer, keys: .discovery(base + "/.well-known/openid-configuration"))
    }

    /// An issuer whose keys are at a known place.
    package init(issuer: String, keys: KeyLocation) {
        self.issuer = issuer
        self.keys = keys
    }
}
