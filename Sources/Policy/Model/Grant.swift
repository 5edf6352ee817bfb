package import Diagnostics
package import Secrets

/// A grant: a job whose claims match may read these secrets, in this time.
package struct Grant: Sendable {
    /// The id, unique in the file.
    package let id: String
    /// Where the id stands.
    package let span: SourceSpan
    /// What every claim must match; the file's implied conditions are not among them.
    package let conditions: [ClaimCondition]
    /// The secrets, each once, with the place that names it.
    package let read: [(name: SecretName, span: SourceSpan)]
    /// How long the scoped token lives, in seconds.
    package let ttl: Int
    /// The first second in which the grant holds.
    package let notBefore: Int64?
    /// The first second in which it holds no more.
    package let expires: Int64?
    /// Why, for break-glass; nil for an ordinary grant.
    package let reason: String?

    /// Whether it is a break-glass grant.
    package var isBreakGlass: Bool { reason != nil }

    /// Whether it names the secret.
    package func reads(_ name: SecretName) -> Bool { read.contains { $0.name == name } }
}
