import PolicyLint
import Testing

@Suite("P13 file-mode")
struct FileModeTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(secrets: "KEY: { from: 'aws-sm:k', file: { path: k, mode: '0644' } }"), #"policy-file «'0644'»"#),
        (LintDraft(secrets: "KEY: { from: 'aws-sm:k', file: { path: ../k } }"), #"policy-file «../k»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: FileMode()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: FileMode()).isEmpty)
    }
}
