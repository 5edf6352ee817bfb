package import Diagnostics

extension ClaimCondition {
    /// A condition that holds for exactly these values.
    package static func exactly(_ claim: String, _ values: [String], _ span: SourceSpan) -> ClaimCondition {
        ClaimCondition(
            claim: claim,
            patterns: values.map {
                ClaimPattern(glob: Glob(elements: $0.utf8.map(Glob.Element.byte), text: $0), span: span)
            },
            isNegated: false,
            span: span
        )
    }

    /// A condition that holds for every value that begins like this.
    package static func beginning(_ claim: String, _ start: String, _ span: SourceSpan) -> ClaimCondition {
        let glob = Glob(elements: start.utf8.map(Glob.Element.byte) + [.doubleStar], text: start + "**")
        return ClaimCondition(
            claim: claim, patterns: [ClaimPattern(glob: glob, span: span)], isNegated: false, span: span)
    }

    /// A condition that holds for a token without the claim.
    package static func absent(_ claim: String, _ span: SourceSpan) -> ClaimCondition {
        let glob = Glob(elements: [.doubleStar], text: "**")
        return ClaimCondition(
            claim: claim, patterns: [ClaimPattern(glob: glob, span: span)], isNegated: true, span: span)
    }
}
