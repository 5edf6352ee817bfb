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
            let difference = try PolicyDifference(from: base, to: policy)
            return difference.unprotected.map(finding) + difference.changes.filter(\.isAlarming).map(finding)
        } catch {
            return [undecided(error, policy.environments.first?.span ?? SourceSpan(subject.source, 0..<0))]
        }
    }

    private func finding(_ environment: PolicyEnvironment) -> LintFinding {
        finding(
            "environment `\(environment.name)` is no longer protected, so that later changes of it are no finding",
            environment.span,
            help: Self.approval
        )
    }

    private func finding(_ change: AccessChange) -> LintFinding {
        let secrets = change.secrets.map { "`\(change.environment.name)/\($0)`" }.joined(separator: ", ")
        let what = change.isMoved ? "from another place than before" : "to jobs that could not read it before"
        return finding(
            "grant `\(change.grant.id)` gives \(secrets) \(what)",
            change.grant.span,
            notes: ["token: \(change.witness.text)"],
            help: Self.approval
        )
    }

    private static let approval =
        "have the owner of the secret approve it, and say so: `# inject: ignore[S11] approved by …`"
}
