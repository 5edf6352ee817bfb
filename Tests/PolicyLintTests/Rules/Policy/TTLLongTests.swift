import PolicyLint
import Testing

@Suite("P14 ttl-long")
struct TTLLongTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.locked("event_name: push, environment: prod", ", ttl: 1h"), #"ttl-long «1h»"#),
        (
            LintDraft.grant(
                "when: { event_name: push }, ttl: 20m, not_before: \"2026-11-23T20:00:00Z\", expires: \"2026-11-23T20:10:00Z\""
            ), #"ttl-long «20m»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.locked("event_name: push, environment: prod", ", ttl: 30m"),
        LintDraft.grant("when: { event_name: push }, ttl: 1h"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: TTLLong()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: TTLLong()).isEmpty)
    }
}
