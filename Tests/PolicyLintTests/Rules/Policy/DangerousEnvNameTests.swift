import PolicyLint
import Testing

@Suite("P12 dangerous-env-name")
struct DangerousEnvNameTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(secrets: "KEY: { from: 'aws-sm:k', env: BASH_ENV }"), #"policy-dangerous-name «BASH_ENV»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: DangerousEnvName()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: DangerousEnvName()).isEmpty)
    }
}
