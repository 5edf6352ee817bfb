package import Diagnostics

/// One claim of a `when`: the patterns of which one must match.
package struct ClaimCondition: Sendable {
    /// The claim's name, GitHub's own.
    package let claim: String
    /// The patterns; any one is enough.
    package let patterns: [ClaimPattern]
    /// Whether the condition is `{ not: … }`, which also matches an absent claim.
    package let isNegated: Bool
    /// Where it stands; the file's `repository` for an implied one.
    package let span: SourceSpan

    /// Makes a condition.
    package init(claim: String, patterns: [ClaimPattern], isNegated: Bool, span: SourceSpan) {
        self.claim = claim
        self.patterns = patterns
        self.isNegated = isNegated
        self.span = span
    }

    /// Whether all patterns are exact texts.
    package var isExact: Bool { !isNegated && patterns.allSatisfy(\.glob.isLiteral) }

    /// Whether a claim's value, nil for an absent claim, meets the condition.
    ///
    /// An absent claim matches nothing, not even `**`; only a negated condition holds for it.
    package func holds(for value: [UInt8]?) -> Bool {
        guard let value else { return isNegated }
        return patterns.contains { $0.glob.matches(value) } != isNegated
    }
}
