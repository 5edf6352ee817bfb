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
        guard let reason = ClaimNames.unmatchable[pair.key] else { return isKnown(pair) }
        findings.report(
            .policyUnmatchableClaim,
            "`\(pair.key)` cannot be matched: \(reason)",
            pair.keySpan,
            help: "match `event_name`, `ref`, `environment` or `workflow_ref` instead"
        )
        return false
    }

    /// Whether a token can have the claim: a condition on one that none has is a grant that never holds, or, worse, a
    /// `deny` that never does.
    func isKnown(_ pair: YAMLNode.Pair) -> Bool {
        let isVisible = !pair.key.isEmpty && pair.key.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard issuer == .github ? !ClaimNames.isGitHub(pair.key) : !isVisible else { return true }
        let meant = findings.nearest(to: pair.key, among: ClaimNames.github)
        findings.report(
            .policyUnknownClaim,
            "no \(issuer == .github ? "GitHub token" : "token") has a claim `\(pair.key)`, so this matches nothing",
            pair.keySpan,
            label: meant.map { "did you mean `\($0)`?" },
            help: issuer == .github ? "use a claim of GitHub's, or `repo_property_NAME`" : "use the claim's ASCII name"
        )
        return false
    }
}
