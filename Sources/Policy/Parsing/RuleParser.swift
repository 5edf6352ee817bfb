internal import Diagnostics
internal import Secrets
internal import YAMLSyntax

/// Reads `deny`, `assert` and `tests`, which are about secrets of all environments.
struct RuleParser {
    let findings: Findings
    let conditions: ConditionParser
    /// Nil where rules are about policies that are not known here.
    let declared: DeclaredNames?

    func denies(_ node: YAMLNode) -> [DenyRule] {
        findings.list(node, "deny").compactMap { element in
            guard let pairs = findings.pairs(element, PolicyKeys.deny), let (id, span) = id(pairs) else { return nil }
            return DenyRule(
                id: id,
                span: span,
                conditions: pairs["when"].map { conditions.conditions($0.value, "when", allowsNegation: true) } ?? [],
                read: pairs["read"].map { paths($0.value, "read") } ?? []
            )
        }
    }

    func assertions(_ node: YAMLNode) -> [PolicyAssertion] {
        findings.list(node, "assert").compactMap { element in
            guard let pairs = findings.pairs(element, PolicyKeys.assertion), let (id, span) = id(pairs) else {
                return nil
            }
            let kinds = PolicyAssertion.Kind.allCases.filter { pairs[$0.rawValue] != nil }
            guard let kind = kinds.first, kinds.count == 1, let condition = pairs[kind.rawValue] else {
                let message = "assertion `\(id)` says one of `never`, `only` and `possible`"
                let help = "split it, or add the one that is meant"
                findings.report(.policyMissingKey, message, element.span.firstLine, help: help)
                return nil
            }
            return PolicyAssertion(
                id: id,
                span: span,
                kind: kind,
                conditions: conditions.conditions(condition.value, kind.rawValue, allowsNegation: true),
                read: pairs["read"].map { paths($0.value, "read") } ?? []
            )
        }
    }

    func tests(_ node: YAMLNode) -> [PolicyTest] {
        findings.list(node, "tests").compactMap { element in
            guard let pairs = findings.pairs(element, PolicyKeys.test) else { return nil }
            if pairs["allow"] == nil && pairs["deny"] == nil {
                let help = "add `deny: [\"ENVIRONMENT/**\"]` or what the token may read"
                findings.report(.policyMissingKey, "a test needs `allow` or `deny`", element.span.firstLine, help: help)
            }
            return PolicyTest(
                span: element.span.firstLine,
                at: DefaultsParser(findings: findings).time(pairs["at"], "at"),
                claims: pairs["token"].map { claims($0.value) } ?? [],
                allow: pairs["allow"].map { paths($0.value, "allow") } ?? [],
                deny: pairs["deny"].map { paths($0.value, "deny") } ?? []
            )
        }
    }

    private func id(_ pairs: [String: YAMLNode.Pair]) -> (String, SourceSpan)? {
        pairs["id"].flatMap { findings.id($0.value) }
    }

    private func claims(_ node: YAMLNode) -> [(name: String, value: String)] {
        guard let pairs = findings.pairs(node, named: "`token`") else { return [] }
        return pairs.compactMap { pair in
            guard ClaimNames.unmatchable[pair.key] != nil || conditions.isKnown(pair) else { return nil }
            // An empty claim is not an absent one: GitHub sends `ref: ""` for some events.
            guard let text = pair.value.scalar else {
                let message = "`\(pair.key)` is text in a token"
                findings.report(.policyWrongKind, message, pair.value.span.firstLine, help: "write one value")
                return nil
            }
            return (pair.key, text)
        }
    }

    // MARK: - Paths

    private func paths(_ node: YAMLNode, _ name: String) -> [Glob] {
        findings.texts(node, name).compactMap { path($0.text, $0.span) }
    }

    private func path(_ text: String, _ span: SourceSpan) -> Glob? {
        do {
            let glob = try Glob(path: text)
            return isKnown(text, span) ? glob : nil
        } catch {
            findings.report(.policyPattern, "the pattern `\(text)` \(error.reason)", span, help: error.help)
            return nil
        }
    }

    /// A path without a star must name something, or the rule protects nothing.
    private func isKnown(_ text: String, _ span: SourceSpan) -> Bool {
        guard let declared else { return true }
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let first = parts.first, !first.contains("*") else { return true }
        guard let names = declared.secrets(of: first) else {
            report("there is no environment `\(first)`", span, first, declared.environments)
            return false
        }
        guard parts.count == 2 else {
            report("`\(text)` names an environment and no secret", span, text, [])
            return false
        }
        guard parts[1].contains("*") || names.contains(parts[1]) else {
            report("`\(first)` has no secret `\(parts[1])`", span, parts[1], names.list)
            return false
        }
        return true
    }

    private func report(_ message: String, _ span: SourceSpan, _ text: String, _ candidates: [String]) {
        let label = findings.nearest(to: text, among: candidates).map { "did you mean `\($0)`?" }
        let help = "write `ENVIRONMENT/SECRET`, or `ENVIRONMENT/**` for all of them"
        findings.report(.policyUnknownSecret, message, span, label: label, help: help)
    }
}
