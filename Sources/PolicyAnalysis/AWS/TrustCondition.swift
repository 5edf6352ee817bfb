package import Diagnostics
package import Policy

/// What one entry of a statement's `Condition` asks of one claim, whatever IAM's operator for it is called.
package struct TrustCondition: Sendable {
    /// One value that is compared with.
    package struct Value: Sendable {
        /// The value as it is written.
        package let text: String
        /// What it matches.
        package let elements: [Glob.Element]
        /// Where it stands.
        package let span: SourceSpan

        /// Makes a value.
        package init(text: String, elements: [Glob.Element], span: SourceSpan) {
            self.text = text
            self.elements = elements
            self.span = span
        }

        var glob: Glob { Glob(elements: elements, text: text) }

        /// The value as a pattern of a condition.
        var pattern: ClaimPattern { ClaimPattern(glob: glob, span: span) }
    }

    /// The claim, without the issuer before it.
    package let claim: String
    /// The values; any one is enough.
    package let values: [Value]
    /// Whether no value may match.
    package let isNegated: Bool
    /// Whether the condition holds for a token without the claim.
    package let allowsAbsence: Bool
    /// Where it stands.
    package let span: SourceSpan

    /// Makes a condition.
    package init(claim: String, values: [Value], isNegated: Bool, allowsAbsence: Bool, span: SourceSpan) {
        self.claim = claim
        self.values = values
        self.isNegated = isNegated
        self.allowsAbsence = allowsAbsence
        self.span = span
    }

    /// Whether a claim's value, nil for an absent claim, meets the condition.
    func holds(for value: [UInt8]?) -> Bool {
        guard let value else { return allowsAbsence }
        return values.contains { $0.glob.matches(value) } != isNegated
    }

    /// The same in conditions of the policy language: any of the lists is enough, and all of a list must hold.
    ///
    /// There, a negated condition holds for an absent claim and no other does.
    var alternatives: [[ClaimCondition]] {
        let own = condition(values.map(\.pattern), isNegated: isNegated)
        let anything = [TrustCondition.anything(span)]
        switch (isNegated, allowsAbsence) {
        case (true, true), (false, false): return [[own]]
        case (true, false): return [[own, condition(anything, isNegated: false)]]
        case (false, true): return [[own], [condition(anything, isNegated: true)]]
        }
    }

    private func condition(_ patterns: [ClaimPattern], isNegated: Bool) -> ClaimCondition {
        ClaimCondition(claim: claim, patterns: patterns, isNegated: isNegated, span: span)
    }

    /// A pattern that matches every value.
    static func anything(_ span: SourceSpan) -> ClaimPattern {
        ClaimPattern(glob: Glob(elements: [.doubleStar], text: "*"), span: span)
    }
}
