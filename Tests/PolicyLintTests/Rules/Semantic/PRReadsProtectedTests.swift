import PolicyLint
import Testing

@Suite("S01 pr-reads-protected")
struct PRReadsProtectedTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.locked("event_name: [push, pull_request], environment: prod"), #"pr-reads-protected «pull_request»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("event_name: pull_request"),
        LintDraft.locked("event_name: push, environment: prod"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: PRReadsProtected()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: PRReadsProtected()).isEmpty)
    }
}
