import PolicyLint
import Testing

@Suite("P16 no-max-age")
struct NoMaxAgeTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(environment: "protected: 'true'", secrets: "KEY: { from: 'aws-sm:k' }", grants: "[]"),
            #"no-max-age «KEY»"#
        )
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.locked("event_name: push, environment: prod"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: NoMaxAge()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: NoMaxAge()).isEmpty)
    }
}
