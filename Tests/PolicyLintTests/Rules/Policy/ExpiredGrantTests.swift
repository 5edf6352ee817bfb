import PolicyLint
import Testing

@Suite("P10 expired-grant")
struct ExpiredGrantTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft.grant("when: { event_name: push }, expires: \"2026-11-23T21:00:00Z\""),
            #"expired-grant «"2026-11-23T21:00:00Z"»"#
        )
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.grant("when: { event_name: push }, expires: \"2026-11-23T21:00:01Z\""),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: ExpiredGrant()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: ExpiredGrant()).isEmpty)
    }
}
