import PolicyLint
import Testing

@Suite("A14 session-policy-too-long")
struct SessionPolicyTooLongTests {
    private static func secret(_ reference: String, exchange: String = LintDraft.aws("").environment) -> LintDraft {
        LintDraft(environment: exchange, secrets: "KEY: { from: \"\(reference)\", max_age: 30d }")
    }

    static let bad: [(LintDraft, String)] = [
        (secret("aws-sm:" + String(repeating: "a", count: 2_048)), "session-policy-too-long «KEY»"),
        (secret("aws-ssm:/prod/" + String(repeating: "a", count: 2_048)), "session-policy-too-long «KEY»"),
        (secret("aws-sm:prod/*"), "session-policy-too-long «KEY»"),
        (secret("aws-sm:prod/a$"), "session-policy-too-long «KEY»"),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        secret("aws-sm:" + String(repeating: "a", count: 512)),
        secret("aws-ssm:/prod/" + String(repeating: "a", count: 1_000)),
        secret("dotenv:.env.local"),
        secret("aws-sm:prod/*", exchange: ""),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: SessionPolicyTooLong()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.subject.policy != nil)
        #expect(draft.findings(of: SessionPolicyTooLong()).isEmpty)
    }
}
