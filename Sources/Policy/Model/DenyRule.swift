package import Diagnostics

/// A rule that takes away, whatever any grant gives.
package struct DenyRule: Sendable {
    /// The id, unique in the file.
    package let id: String
    /// Where the id stands.
    package let span: SourceSpan
    /// What every claim must match for the rule to hold; none means it always holds.
    package let conditions: [ClaimCondition]
    /// The secrets it is about, as `ENVIRONMENT/SECRET`.
    package let read: [Glob]
}
