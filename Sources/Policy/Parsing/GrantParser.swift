internal import Diagnostics
internal import Secrets
internal import YAMLSyntax

/// Reads one grant.
struct GrantParser {
    let findings: Findings
    let defaults: PolicyDefaults
    let conditions: ConditionParser
    /// The names of the environment's secrets.
    let declared: DeclaredNames.Names

    func grant(_ node: YAMLNode) -> Grant? {
        guard let pairs = findings.pairs(node, PolicyKeys.grant), let node = pairs["id"],
            let (id, span) = findings.id(node.value), let when = pairs["when"], let read = pairs["read"]
        else { return nil }
        let times = DefaultsParser(findings: findings)
        return Grant(
            id: id,
            span: span,
            conditions: conditions.conditions(when.value, "when", allowsNegation: false),
            read: names(read.value),
            ttl: times.ttl(pairs["ttl"]) ?? defaults.ttl,
            notBefore: times.time(pairs["not_before"], "not_before"),
            expires: times.time(pairs["expires"], "expires"),
            reason: pairs["reason"].flatMap { findings.text($0.value, "reason") }
        )
    }

    private func names(_ node: YAMLNode) -> [(name: SecretName, span: SourceSpan)] {
        var found: [(name: SecretName, span: SourceSpan)] = []
        var seen: Set<SecretName> = []
        for (text, span) in findings.texts(node, "read") {
            guard declared.contains(text) else {
                reportUnknown(text, span)
                continue
            }
            guard let name = SecretName(text), seen.insert(name).inserted else { continue }
            found.append((name, span))
        }
        return found
    }

    private func reportUnknown(_ text: String, _ span: SourceSpan) {
        let meant = findings.nearest(to: text, among: declared.list)
        findings.report(
            .policyUnknownSecret,
            "this environment has no secret `\(text)`, so the job would start without it",
            span,
            label: meant.map { "did you mean `\($0)`?" },
            help: "a grant reads secrets of its own environment, by name"
        )
    }
}
