import PolicyLint
import Testing

@Suite("P08 unused-secret")
struct UnusedSecretTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(secrets: "KEY: { from: 'aws-sm:k' }\n      OLD: { from: 'aws-sm:o' }"), #"unused-secret «OLD»"#),
        (LintDraft(grants: "[]"), #"unused-secret «KEY»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: UnusedSecret()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: UnusedSecret()).isEmpty)
    }
}
