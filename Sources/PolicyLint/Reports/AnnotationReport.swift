internal import Diagnostics

/// Findings as annotations of GitHub, which shows ten of a kind for each step and drops the rest.
///
/// Source: actions/runner, `ExecutionContext.cs`: ten issues of a type.
package enum AnnotationReport {
    /// The most annotations that are printed.
    package static let maximum = 10

    /// The gravest first, and a last line that says how many more there are.
    package static func text(_ findings: [LintFinding]) -> String {
        let ranked = SARIFReport.ranked(findings)
        let shown = ranked.prefix(maximum).map(\.diagnostic.githubAnnotation).joined()
        let rest = findings.count - min(findings.count, maximum)
        guard rest > 0 else { return shown }
        return shown + "and \(rest) more: `inject lint` prints them all\n"
    }
}
