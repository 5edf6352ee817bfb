internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// S05: a grant hangs on nothing but what the author of a change chooses.
package struct ForkControlledClaim: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S05",
        "fork-controlled-claim",
        .error,
        summary: "A grant hangs on nothing but what the author of a change chooses.",
        avoid: """
            when: { head_ref: deploy }
            """,
        prefer: """
            when: { event_name: push, ref: refs/heads/main }
            """,
        why: "Whoever can open a pull request or push a branch names branches and workflows as they like."
    )

    private static let chosen: Set = ["actor", "base_ref", "head_ref", "workflow"]
    private static let weak: Set = ["event_name", "ref_type", "repository_visibility", "run_attempt"]

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        review(subject, of: subject.jobEnvironments) { (review, environment, number) throws(AnalysisError) in
            let grant = environment.grants[number]
            let claims = Set(grant.conditions.map(\.claim)).subtracting(Self.weak)
            guard !claims.isEmpty, claims.isSubset(of: Self.chosen),
                let exhibit = try review.exhibit(number, of: environment)
            else { return nil }
            let names = claims.sorted().map { "`\($0)`" }.joined(separator: " and ")
            return finding(
                "grant `\(grant.id)` hangs on nothing but \(names), which the author of a change chooses",
                grant.condition(on: claims.min() ?? "")?.span ?? grant.span,
                notes: ["token: \(exhibit.witness.text)"],
                help: "add `ref`, `workflow_ref` or `environment`"
            )
        }
    }
}
