internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

extension LintRule {
    /// What a question about each grant of environments finds; an analysis that gives up is a finding too.
    func review(
        _ subject: LintSubject,
        of environments: [PolicyEnvironment],
        _ question: (PolicyReview, PolicyEnvironment, Int) throws(AnalysisError) -> LintFinding?
    ) -> [LintFinding] {
        guard let review = subject.review else { return [] }
        var findings: [LintFinding] = []
        for environment in environments {
            for grant in environment.grants.indices {
                do throws(AnalysisError) {
                    if let found = try question(review, environment, grant) { findings.append(found) }
                } catch {
                    findings.append(undecided(error, environment.grants[grant].span))
                }
            }
        }
        return findings
    }

    /// That a limit was hit, so that nothing is known.
    func undecided(_ error: AnalysisError, _ span: SourceSpan) -> LintFinding {
        finding(
            "nobody knows: \(error.diagnostic.message)",
            span,
            help: "use fewer patterns with `*` on one claim",
            severity: .error
        )
    }
}
