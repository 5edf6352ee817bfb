import PolicyLint
import Testing

@Suite("P09 unknown-secret")
struct UnknownSecretTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(grants: "- { id: a, when: { event_name: push }, read: KEYS }"), #"policy-unknown-secret «KEYS»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: UnknownSecret()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: UnknownSecret()).isEmpty)
    }
}
