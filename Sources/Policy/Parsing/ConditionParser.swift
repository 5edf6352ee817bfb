internal import Diagnostics
internal import YAMLSyntax

/// Reads `when`, `never`, `only` and `possible`: maps of claims to patterns.
struct ConditionParser {
    /// The most patterns one claim may have.
    static let maximumPatterns = 64

    let findings: Findings
    let issuer: PolicyIssuer

    /// The conditions of a map; `not` is only read where the caller allows it.
    func conditions(_ node: YAMLNode, _ name: String, allowsNegation: Bool) -> [ClaimCondition] {
        guard let pairs = findings.pairs(node, named: "`\(name)`") else { return [] }
        return pairs.compactMap { condition($0, allowsNegation: allowsNegation) }
    }

    private func condition(_ pair: YAMLNode.Pair, allowsNegation: Bool) -> ClaimCondition? {
        guard isMatchable(pair) else { return nil }
        var node = pair.value
        var isNegated = false
        if case .mapping(let inner) = node.content {
            guard let negated = negated(pair, inner, allowsNegation: allowsNegation) else { return nil }
            (node, isNegated) = (negated, true)
        }
        let texts = findings.texts(node, pair.key)
        guard texts.count <= Self.maximumPatterns else {
            findings.report(
                .policyPattern,
                "`\(pair.key)` has more than \(Self.maximumPatterns) patterns",
                pair.keySpan,
                help: "split the grant"
            )
            return nil
        }
        let patterns = texts.compactMap { pattern($0.text, $0.span, claim: pair.key) }
        return ClaimCondition(claim: pair.key, patterns: patterns, isNegated: isNegated, span: pair.keySpan)
    }

    private func pattern(_ text: String, _ span: SourceSpan, claim: String) -> ClaimPattern? {
        do {
            return ClaimPattern(glob: try Glob(text, claim: claim), span: span)
        } catch {
            findings.report(.policyPattern, "the pattern `\(text)` \(error.reason)", span, help: error.help)
            return nil
        }
    }

    private func negated(_ pair: YAMLNode.Pair, _ inner: [YAMLNode.Pair], allowsNegation: Bool) -> YAMLNode? {
        guard let only = inner.first, inner.count == 1, only.key.utf8.elementsEqual("not".utf8) else {
            findings.report(
                .policyWrongKind,
                "`\(pair.key)` is text or a list of text",
                pair.value.span.firstLine,
                help: "a claim has no keys of its own; only `{ not: … }` in `deny` and `assert`"
            )
            return nil
        }
        guard allowsNegation else {
            findings.report(
                .policyNegation,
                "a grant says what is allowed; `not` would also allow every value nobody thought of",
                only.keySpan,
                help: "list what is allowed, or write a `deny` rule"
            )
            return nil
        }
        return only.value
    }

    private func isMatchable(_ pair: YAMLNode.Pair) -> Bool {
        if let reason = ClaimNames.unmatchable[pair.key] {
            findings.report(.policyUnmatchableClaim, "`\(pair.key)` cannot be matched: \(reason)", pair.keySpan)
            return false
        }
        guard issuer == .github, !ClaimNames.github.contains(pair.key),
            let meant = Suggestion.nearest(to: pair.key, among: ClaimNames.github)
        else { return true }
        findings.report(
            .policyUnknownClaim,
            "no GitHub token has a claim `\(pair.key)`, so this matches nothing",
            pair.keySpan,
            label: "did you mean `\(meant)`?"
        )
        return false
    }
}
