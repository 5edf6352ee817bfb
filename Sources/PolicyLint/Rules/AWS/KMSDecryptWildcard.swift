internal import Diagnostics

/// A12: a role may decrypt with every key.
package struct KMSDecryptWildcard: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A12",
        "kms-decrypt-wildcard",
        .warning,
        summary: "A role may decrypt with every key.",
        avoid: """
            "Action": "kms:Decrypt", "Resource": "*"
            """,
        prefer: """
            "Action": "kms:Decrypt", "Resource": "arn:aws:kms:eu-west-1:111122223333:key/…"
            """,
        why: "What another environment encrypted can be read as soon as its text is at hand."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.iamDocuments.flatMap(\.statements).flatMap { statement -> [LintFinding] in
            guard !statement.isDeny, statement.covers("kms:Decrypt"), !Self.isNarrowed(statement) else { return [] }
            return statement.resources.filter { $0.isKnown && ($0.text == "*" || $0.text.hasSuffix("key/*")) }.map {
                finding(
                    "\(statement.name) gives `kms:Decrypt` with every key",
                    $0.span,
                    help: "name the key, or ask for `kms:ViaService` or an encryption context"
                )
            }
        }
    }

    /// Whether the service that holds the secret has to ask, or the ciphertext has to say what it is of.
    private static func isNarrowed(_ statement: IAMStatement) -> Bool {
        statement.conditions.contains { condition in
            condition.isAbout("kms:ViaService") || condition.key.text.lowercased().hasPrefix("kms:encryptioncontext:")
        }
    }
}
