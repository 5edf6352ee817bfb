import PolicyLint
import Testing

@Suite("Y04 unknown-key")
struct UnknownKeyTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(environment: "protectd: 'true'"), #"policy-unknown-key «protectd»"#),
        (LintDraft.when("enviroment: prod"), #"policy-unknown-claim «enviroment»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: UnknownKey()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: UnknownKey()).isEmpty)
    }
}
