import Diagnostics
import PolicyLint
import Testing

/// A file of IAM of which a test changes one part.
struct TrustDraft: Sendable, CustomTestStringConvertible {
    let text: String

    var testDescription: String { text }

    /// A file with this text.
    init(_ text: String) { self.text = text }

    /// A role that GitHub's jobs may become under conditions, in which `gh:` is the beginning of the keys.
    static func trust(_ conditions: String, more: String = "") -> TrustDraft {
        let principal = #"{"Federated": "arn:aws:iam::111122223333:oidc-provider/gh"}"#
        let statement =
            #"{"Sid": "Deploy", "Effect": "Allow", "Principal": \#(principal), "Action": "sts:AssumeRoleWithWebIdentity", "#
            + #""Condition": {\#(conditions)}}\#(more)"#
        return TrustDraft(
            "{\"Statement\": [\(statement)]}".replacing("gh", with: "token.actions.githubusercontent.com"))
    }

    /// What a role may do.
    static func permission(_ action: String, on resource: String, _ more: String = "") -> TrustDraft {
        let keys = #""Sid": "Read", "Effect": "Allow", "Action": "\#(action)", "Resource": "\#(resource)"\#(more)"#
        return TrustDraft("{\"Statement\": {\(keys)}}")
    }

    /// The audience that every trust policy should ask for.
    static let audience = #""StringEquals": {"gh:aud": "sts.amazonaws.com"}"#

    /// A role as it should be.
    static let good = trust(
        #""StringEquals": {"gh:aud": "sts.amazonaws.com", "gh:repository_id": "456789", "gh:environment": "prod"}"#
    )

    func subject() throws -> LintSubject {
        try LintSubject(iam: SourceText(name: "role.json", bytes: Array(text.utf8)), now: LintDraft.now)
    }

    /// What a rule finds, as `ID «what the caret is below»`.
    func findings(of rule: any LintRule) throws -> [String] {
        try rule.findings(in: subject()).map(LintDraft.summary)
    }

    /// What a rule says of the jobs that get in.
    func notes(of rule: any LintRule) throws -> [String] {
        try rule.findings(in: subject()).flatMap(\.diagnostic.remarks).compactMap { remark in
            guard case .note(let text) = remark else { return nil }
            return text
        }
    }
}
