internal import Diagnostics
internal import Policy
internal import Secrets

/// E02: a file with values is committed, or will be by the next `git add`.
package struct DotenvTracked: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "E02",
        "dotenv-tracked",
        .error,
        isFixable: true,
        summary: "A file with values is committed, or will be by the next `git add`.",
        avoid: """
            .env.local   # in the repository
            """,
        prefer: """
            .env.local   # a line of .gitignore
            """,
        why: "What is committed once stays in every clone."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy else { return [] }
        let repository = subject.repository
        var seen: Set<String> = []
        return policy.environments.flatMap(\.secrets).compactMap { secret in
            guard case .dotenv(let file, _) = secret.reference, !file.hasPrefix("/"), seen.insert(file).inserted else {
                return nil
            }
            if repository.tracks(file) {
                return finding(
                    "`\(file)` holds values and is committed",
                    secret.span,
                    help: "take it out with `git rm --cached \(file)`, ignore it, and replace every value in it"
                )
            }
            guard repository.isRepository, !repository.ignores(file) else { return nil }
            return finding(
                "`\(file)` holds values, and nothing keeps it out of the next commit",
                secret.span,
                help: "add the line `/\(file)` to `.gitignore`",
                fix: Self.fix(file, repository.besidePolicy(".gitignore"))
            )
        }
    }

    private static func fix(_ file: String, _ source: SourceText?) -> LintFix? {
        guard let source else { return nil }
        let end = source.bytes.count
        let lineBreak = source.bytes.last == UInt8(ascii: "\n") || end == 0 ? "" : "\n"
        return LintFix(source, end..<end, "\(lineBreak)/\(file)\n")
    }
}
