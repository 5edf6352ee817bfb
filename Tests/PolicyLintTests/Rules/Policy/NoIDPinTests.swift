import PolicyLint
import Testing

@Suite("P06 no-id-pin")
struct NoIDPinTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(head: "repository: acme/shop"), #"no-id-pin «repository»"#),
        (LintDraft.when("event_name: push, repository: acme/tools"), #"no-id-pin «a»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("repository: acme/tools, repository_id: \"1\""),
        LintDraft(head: "issuer: gitlab\nrepository: a/b"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: NoIDPin()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: NoIDPin()).isEmpty)
    }
}
