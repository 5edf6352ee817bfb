internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// S09: something that the policy asserts is not so.
package struct AssertionViolated: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S09",
        "assertion-violated",
        .error,
        summary: "Something that the policy asserts is not so.",
        avoid: """
            assert: [{ id: a, never: { event_name: pull_request }, read: "prod/**" }]
            """,
        prefer: """
            (grants for which that is true)
            """,
        why: "The assertion says what was meant; a token shows what is."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy, !policy.assertions.isEmpty, let prover = subject.review?.prover else {
            return []
        }
        return policy.assertions.compactMap { assertion in
            do throws(AnalysisError) {
                guard case .refuted(let exhibit) = try prover.proof(of: assertion).outcome else { return nil }
                return violated(assertion, exhibit)
            } catch {
                return undecided(error, assertion.span)
            }
        }
    }

    private func violated(_ assertion: PolicyAssertion, _ exhibit: Proof.Exhibit?) -> LintFinding {
        finding(
            exhibit.map {
                "assertion `\(assertion.id)` does not hold: grant `\($0.grant.id)` gives \($0.environment)/\($0.secret)"
            }
                ?? "assertion `\(assertion.id)` does not hold: no such job can read it",
            assertion.span,
            notes: exhibit.map { ["token: \($0.witness.text)"] } ?? [],
            help: exhibit.map { "narrow grant `\($0.grant.id)` in line \($0.grant.span.line), or the assertion" }
                ?? "add a grant, or remove the assertion"
        )
    }
}
