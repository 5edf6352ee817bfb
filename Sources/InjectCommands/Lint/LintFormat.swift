internal import ArgumentParser
internal import Diagnostics
internal import PolicyLint

/// How findings are printed.
enum LintFormat: String, CaseIterable, ExpressibleByArgument {
    /// For people, with carets.
    case text
    /// For programs: one JSON object a line.
    case json
    /// For code scanning.
    case sarif
    /// For a pull request: annotations.
    case github

    func text(of findings: [LintFinding]) -> String {
        switch self {
        case .text: findings.map { $0.diagnostic.text + "\n" }.joined()
        case .json: findings.map { DiagnosticJSON.line($0.diagnostic, rule: $0.facts.code) }.joined()
        case .sarif: SARIFReport.text(findings, rules: RuleCatalogue.all, version: ProgramVersion.text)
        case .github: AnnotationReport.text(findings)
        }
    }
}
