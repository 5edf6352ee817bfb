import PolicyLint
import Testing

@Suite("Y01 duplicate-key")
struct DuplicateKeyTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(head: "repository: a/b\nrepository: a/c"), #"yaml-duplicate-key «repository»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: DuplicateKey()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: DuplicateKey()).isEmpty)
    }
}
