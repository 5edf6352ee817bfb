internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// W14: a job's environment is the one of a grant, but for its letters' case.
package struct EnvNameMismatch: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W14",
        "env-name-mismatch",
        .error,
        summary: "A job's environment is the one of a grant, but for its letters' case.",
        avoid: """
            environment: Production   # and the grant has `environment: production`
            """,
        prefer: """
            environment: production
            """,
        why:
            "GitHub takes both for one environment and writes into the token what the workflow says, so the grant does not match."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let conditions = subject.jobSites.compactMap { $0.grant.condition(on: "environment") }
        guard !conditions.isEmpty else { return [] }
        var seen: Set<String> = []
        return subject.injectRuns.compactMap { run in
            guard let node = run.job.environmentNode,
                seen.insert("\(run.job.workflow.path) \(run.job.id)").inserted
            else { return nil }
            switch run.job.environment {
            case .none: return nil
            case .computed:
                return finding(
                    "what environment job `\(run.job.id)` has is only known when it runs, so nothing can be said of its grants",
                    node.span,
                    help: "make a job for each environment",
                    severity: .note
                )
            case .named(let name):
                guard let meant = Self.meant(by: name, in: conditions) else { return nil }
                return finding(
                    "the environment `\(name)` of job `\(run.job.id)` is not `\(meant)`, which a grant asks for",
                    node.span,
                    help: "write `environment: \(meant)`"
                )
            }
        }
    }

    /// A value of a grant that differs in nothing but case; nil where some grant takes the name as it is.
    private static func meant(by name: String, in conditions: [ClaimCondition]) -> String? {
        guard !conditions.contains(where: { $0.holds(for: Array(name.utf8)) }) else { return nil }
        return conditions.flatMap(\.patterns).map(\.glob.text).first { $0.lowercased() == name.lowercased() }
    }
}
