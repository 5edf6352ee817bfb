internal import PolicyAnalysis

/// An operator of IAM's conditions on text, such as `ForAnyValue:StringLikeIfExists`.
struct IAMOperator {
    /// How it looks at a key with several values.
    enum SetOperator: String, CaseIterable {
        /// Each of the token's values must match: a token without any meets it.
        case all = "forallvalues:"
        /// One of the token's values must match.
        case any = "foranyvalue:"
    }

    let set: SetOperator?
    let isNegated: Bool
    let hasWildcards: Bool
    let ignoresCase: Bool
    /// Whether it holds for an absent key as well.
    let isIfExists: Bool
    /// Whether it asks only whether the key is absent.
    let isNull: Bool

    /// Takes an operator apart; nil for one that is not about text.
    init?(_ name: String) {
        var rest = name.lowercased()
        set = SetOperator.allCases.first { rest.hasPrefix($0.rawValue) }
        rest.removeFirst(set?.rawValue.count ?? 0)
        isIfExists = rest.hasSuffix("ifexists")
        if isIfExists { rest.removeLast("ifexists".count) }
        isNull = rest == "null"
        isNegated = rest.hasPrefix("stringnot")
        ignoresCase = rest.hasSuffix("ignorecase")
        hasWildcards = rest.hasSuffix("like")
        let known = [
            "stringequals", "stringnotequals", "stringequalsignorecase", "stringnotequalsignorecase", "stringlike",
            "stringnotlike", "null",
        ]
        guard known.contains(rest) else { return nil }
    }

    /// The operator without what makes it hold for absent keys.
    var plain: String {
        guard !isNull else { return "Null" }
        return "String" + (isNegated ? "Not" : "")
            + (hasWildcards ? "Like" : ignoresCase ? "EqualsIgnoreCase" : "Equals")
    }

    /// What a condition with this operator means for a claim.
    func condition(on claim: String, _ condition: IAMCondition) -> TrustCondition {
        guard !isNull else { return existence(of: claim, condition) }
        return TrustCondition(
            claim: claim,
            values: condition.values.map { value in
                TrustCondition.Value(
                    text: value.text,
                    elements: value.elements(stars: hasWildcards, ignoringCase: ignoresCase),
                    span: value.span
                )
            },
            isNegated: isNegated,
            allowsAbsence: isIfExists || set == .all || isNegated && set == nil,
            span: condition.key.span
        )
    }

    private func existence(of claim: String, _ condition: IAMCondition) -> TrustCondition {
        let isAbsent = condition.values.contains { $0.text.lowercased() != "false" }
        let anything = IAMText("*", condition.key.span)
        let value = TrustCondition.Value(
            text: "*", elements: anything.elements(stars: true), span: condition.key.span)
        return TrustCondition(
            claim: claim,
            values: isAbsent ? [] : [value],
            isNegated: false,
            allowsAbsence: isAbsent,
            span: condition.key.span
        )
    }
}
