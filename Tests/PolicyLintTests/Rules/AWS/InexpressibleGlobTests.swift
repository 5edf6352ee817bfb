import PolicyLint
import Testing

@Suite("A06 inexpressible-glob")
struct InexpressibleGlobTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.aws("ref: \"refs/heads/*\""), "inexpressible-glob «ref»")
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.aws("ref: \"refs/heads/**\""),
        LintDraft.aws("event_name: push, ref: refs/heads/main"),
        LintDraft.when("ref: \"refs/heads/*\""),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: InexpressibleGlob()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: InexpressibleGlob()).isEmpty)
    }
}
