internal import Diagnostics
internal import Policy
internal import Secrets

/// E03: a local environment reads the same secret as a protected one.
package struct LocalUsesProtected: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "E03",
        "local-uses-protected",
        .error,
        summary: "A local environment reads the same secret as a protected one.",
        avoid: """
            dev: { local: "true", secrets: { KEY: { from: "aws-sm:shop/prod/key" } } }
            """,
        prefer: """
            dev: { local: "true", secrets: { KEY: { from: "dotenv:.env.local" } } }
            """,
        why: "Every developer's machine then holds what only approved jobs should."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let environments = subject.policy?.environments ?? []
        let guarded = environments.filter(\.isProtected).flatMap { environment in
            environment.secrets.map { (environment.name, $0) }
        }
        return environments.filter(\.isLocal).flatMap(\.secrets).compactMap { secret in
            guard let (name, other) = guarded.first(where: { $0.1.store == secret.store }) else { return nil }
            return finding(
                "local `\(secret.name)` is the secret `\(name)/\(other.name)`, which is protected",
                secret.span,
                help: "give developers a value of their own"
            )
        }
    }
}
