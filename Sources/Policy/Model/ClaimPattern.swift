package import Diagnostics

/// One pattern of a claim, with its place.
package struct ClaimPattern: Sendable {
    /// The pattern.
    package let glob: Glob
    /// Where it stands.
    package let span: SourceSpan

    /// Makes a pattern.
    package init(glob: Glob, span: SourceSpan) {
        self.glob = glob
        self.span = span
    }
}
