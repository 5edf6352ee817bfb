internal import Diagnostics
internal import Policy
internal import Secrets

/// E01: the example of a `.env` file does not name what the policy delivers locally.
package struct EnvExampleDrift: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "E01",
        "env-example-drift",
        .warning,
        isFixable: true,
        summary: "The example of a `.env` file does not name what the policy delivers locally.",
        avoid: """
            # .env.example without KEY
            """,
        prefer: """
            KEY=
            """,
        why: "Whoever is new copies the example, and the program fails for a reason that nobody sees."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy, let source = subject.repository.besidePolicy(".env.example") else {
            return []
        }
        let example = DotenvNames(source)
        let wanted = policy.environments.filter(\.isLocal).flatMap(\.secrets).compactMap(\.dotenvKey)
        guard !wanted.isEmpty else { return [] }
        let missing = Set(wanted).subtracting(example.names.map(\.name)).sorted()
        let all = Set(wanted + policy.environments.flatMap { $0.secrets.map(\.name.text) })
        return missing.map { name in
            finding(
                "`\(name)` is read from a dotenv file and is not in the example",
                at: .file(source.name),
                help: "add the line `\(name)=`",
                fix: example.appending(name)
            )
        }
            + example.names.filter { !all.contains($0.name) && Self.isSecret($0.name) }.map { entry in
                finding(
                    "`\(entry.name)` looks like a secret, and the policy has none of that name",
                    at: .line(file: source.name, line: entry.line),
                    help: "declare it in a local environment, or remove the line"
                )
            }
    }

    private static func isSecret(_ name: String) -> Bool {
        ["_KEY", "_TOKEN", "_SECRET", "_PASSWORD"].contains { name.hasSuffix($0) }
    }
}
