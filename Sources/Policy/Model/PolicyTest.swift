package import Diagnostics

/// A single token, and what it may and may not read.
package struct PolicyTest: Sendable {
    /// Where the test stands.
    package let span: SourceSpan
    /// The time it is about, or nil for now.
    package let at: Int64?
    /// The claims that are given, in the order of the file.
    package let claims: [(name: String, value: String)]
    /// What it may read, as `ENVIRONMENT/SECRET`.
    package let allow: [Glob]
    /// What it may not read.
    package let deny: [Glob]
}
