internal import Diagnostics
internal import YAMLSyntax

/// Reads `lint`.
struct LintSettingsParser {
    /// Who may read the findings.
    static let personas = ["regular", "pedantic", "auditor"]

    let findings: Findings

    func settings(_ node: YAMLNode?) -> LintSettings {
        let pairs = node.flatMap { findings.pairs($0, PolicyKeys.lint) } ?? [:]
        return LintSettings(
            persona: pairs["persona"].flatMap(persona),
            baseline: pairs["baseline"].flatMap { findings.text($0.value, "baseline") },
            ignored: pairs["ignore"].map { ignored($0.value) } ?? []
        )
    }

    private func persona(_ pair: YAMLNode.Pair) -> String? {
        guard let text = findings.text(pair.value, "persona") else { return nil }
        if Self.personas.contains(text) { return text }
        let list = Self.personas.map { "`\($0)`" }.joined(separator: ", ")
        findings.report(.policyBadValue, "`\(text)` is no persona", pair.value.span, help: "use one of \(list)")
        return nil
    }

    /// Rules with reasons: whoever silences one says why.
    private func ignored(_ node: YAMLNode) -> [LintSettings.Ignored] {
        (findings.pairs(node, named: "`ignore`") ?? []).compactMap { pair in
            findings.text(pair.value, pair.key).map {
                LintSettings.Ignored(rule: pair.key, reason: $0, span: pair.keySpan)
            }
        }
    }
}
