package import Diagnostics

/// What must hold for every token that can exist.
package struct PolicyAssertion: Sendable {
    /// The kind of claim that is made.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// No such token may read the secrets.
        case never
        /// Only such tokens may read the secrets.
        case only
        /// Some such token may read the secrets.
        case possible
    }

    /// The id, unique in the file.
    package let id: String
    /// Where the id stands.
    package let span: SourceSpan
    /// The kind of claim.
    package let kind: Kind
    /// Which tokens it is about.
    package let conditions: [ClaimCondition]
    /// Which secrets it is about, as `ENVIRONMENT/SECRET`.
    package let read: [Glob]
}
