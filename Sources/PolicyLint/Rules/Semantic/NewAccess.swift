internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// S11: somebody gains a protected secret that they could not read before.
package struct NewAccess: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "S11",
        "new-access",
        .error,
        summary: "Somebody gains a protected secret that they could not read before.",
        avoid: """
            (a change that adds `schedule` to the events of a grant of `prod`)
            """,
        prefer: """
            - id: prod-deploy   # inject: ignore[S11] approved by @dana in #481
            """,
        why: "A change of the policy is a change of who holds the keys, and a diff of YAML does not show it."
    )

    /// What the rule finds, where somebody asks with `--base` what is new.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy, let base = subject.base else { return [] }
        do throws(AnalysisError) {
            return try PolicyDifference(from: base, to: policy).changes.filter(\.isAlarming).map { change in
                let secrets = change.secrets.map { "`\(change.environment.name)/\($0)`" }.joined(separator: ", ")
                return finding(
                    "grant `\(change.grant.id)` gives \(secrets) to jobs that could not read it before",
                    change.grant.span,
                    notes: ["token: \(change.witness.text)"],
                    help: "have the owner of the secret approve it, and say so: `# inject: ignore[S11] approved by …`"
                )
            }
        } catch {
            return [undecided(error, policy.environments.first?.span ?? SourceSpan(subject.source, 0..<0))]
        }
    }
}
