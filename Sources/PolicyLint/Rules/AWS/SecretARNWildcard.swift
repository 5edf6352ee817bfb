internal import Diagnostics

/// A11: a role may read secrets that are not named.
package struct SecretARNWildcard: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A11",
        "secret-arn-wildcard",
        .error,
        summary: "A role may read secrets that are not named.",
        avoid: """
            "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*"
            """,
        prefer: """
            "Resource": "arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/prod/db-??????"
            """,
        why: "A star crosses `/`, so the role reads the secrets of other environments, and every new one."
    )

    private static let actions = ["secretsmanager:GetSecretValue", "ssm:GetParameter", "ssm:GetParameters"]

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.iamDocuments.flatMap(\.statements).flatMap { statement -> [LintFinding] in
            guard !statement.isDeny, let action = Self.actions.first(where: statement.covers) else { return [] }
            return statement.resources.compactMap { resource in
                if resource.isKnown, resource.text.contains("*") { return wide(resource, statement, action) }
                return Self.lacksSuffix(resource) ? incomplete(resource, statement) : nil
            }
        }
    }

    private func wide(_ resource: IAMText, _ statement: IAMStatement, _ action: String) -> LintFinding {
        finding(
            "\(statement.name) gives `\(action)` on secrets that it does not name",
            resource.span,
            help: "name each secret; Secrets Manager ends its names with six characters, for which `-??????` stands"
        )
    }

    private func incomplete(_ resource: IAMText, _ statement: IAMStatement) -> LintFinding {
        finding(
            "\(statement.name) names a secret without the six characters at its end, so that nothing matches",
            resource.span,
            help: "add `-??????`",
            severity: .warning
        )
    }

    /// Whether an ARN of Secrets Manager has neither its six characters nor something that stands for them.
    private static func lacksSuffix(_ resource: IAMText) -> Bool {
        guard resource.isKnown, resource.text.hasPrefix("arn:"), resource.text.contains(":secretsmanager:") else {
            return false
        }
        let end = resource.text.utf8.suffix(7)
        let isSuffix = end.first == UInt8(ascii: "-") && !end.dropFirst().contains { $0 == UInt8(ascii: "-") }
        return !isSuffix && !resource.text.hasSuffix("}")
    }
}
