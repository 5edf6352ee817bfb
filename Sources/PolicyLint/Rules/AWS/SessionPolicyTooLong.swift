internal import AWSClient
internal import Diagnostics
internal import Policy
internal import Secrets
internal import StrictJSON
internal import TokenExchange

/// A14: no session of AWS can be limited to a secret, since its name is too long or no name in AWS.
package struct SessionPolicyTooLong: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "A14",
        "session-policy-too-long",
        .error,
        summary: "No session of AWS can be limited to a secret, since its name is too long or no name in AWS.",
        avoid: """
            KEY: { from: "aws-sm:prod/*" }
            """,
        prefer: """
            KEY: { from: "aws-sm:prod/key" }
            """,
        why:
            "A session names exactly what it may read in at most 2,048 characters. Many secrets are shared out among sessions; one that does not fit, or whose name would be a pattern, fails in the job."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.environments.flatMap { environment -> [LintFinding] in
            guard case .aws(let arn, let region) = environment.exchange, let role = try? RoleARN(arn) else { return [] }
            return environment.secrets.compactMap { finding($0, role, region) }
        }
    }

    private func finding(_ secret: SecretEntry, _ role: RoleARN, _ region: String) -> LintFinding? {
        do throws(Diagnostic) {
            let document = try RolePermissions.document(for: [secret], role: role, region: region)
            let length = document?.line.unicodeScalars.count ?? 0
            guard length > WebIdentityRequest.longestPolicy else { return nil }
            return finding(
                "a session that may read `\(secret.name.text)` needs a policy of \(length) characters, and AWS takes \(WebIdentityRequest.longestPolicy)",
                secret.span,
                help: "give the secret a shorter name in AWS"
            )
        } catch {
            return finding(error.message, secret.span, help: "name one secret, in letters and digits that AWS takes")
        }
    }
}
