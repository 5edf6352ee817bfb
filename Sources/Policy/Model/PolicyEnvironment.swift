package import Diagnostics

/// One environment: its secrets and the grants that may reach them, and nothing of any other environment.
package struct PolicyEnvironment: Sendable {
    /// The name.
    package let name: String
    /// Where the name stands.
    package let span: SourceSpan
    /// Whether a token of the local issuer is honoured here.
    package let isLocal: Bool
    /// Whether the strict rules hold here.
    package let isProtected: Bool
    /// How a job's token becomes a scoped one; nil for none.
    package let exchange: PolicyExchange?
    /// Whom a broker's tokens are for; nil for the broker's own URL.
    package let audience: String?
    /// What the policy compiled for AWS may let in beyond the grants; nil for nothing.
    package let widening: PolicyWidening?
    /// The secrets, in the order of the file.
    package let secrets: [SecretEntry]
    /// The grants, in the order of the file.
    package let grants: [Grant]

    /// Makes an environment of checked parts.
    package init(
        name: String,
        span: SourceSpan,
        isLocal: Bool,
        isProtected: Bool,
        exchange: PolicyExchange?,
        audience: String? = nil,
        widening: PolicyWidening? = nil,
        secrets: [SecretEntry],
        grants: [Grant]
    ) {
        self.name = name
        self.span = span
        self.isLocal = isLocal
        self.isProtected = isProtected
        self.exchange = exchange
        self.audience = audience
        self.widening = widening
        self.secrets = secrets
        self.grants = grants
    }
}
