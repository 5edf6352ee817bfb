import PolicyLint
import Testing

@Suite("P19 self-hosted-allowed")
struct SelfHostedAllowedTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.locked("event_name: push, environment: prod"), #"self-hosted-allowed «a»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.locked("event_name: push, environment: prod, runner_environment: github-hosted"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: SelfHostedAllowed()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: SelfHostedAllowed()).isEmpty)
    }
}
