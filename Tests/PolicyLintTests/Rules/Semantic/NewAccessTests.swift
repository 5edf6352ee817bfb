import PolicyLint
import Testing

@Suite("S11 new-access")
struct NewAccessTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(
                environment: "protected: \"true\"",
                grants: "- { id: a, when: { event_name: [push, schedule], environment: prod }, read: KEY }", base: base),
            "new-access «a»"
        ),
        (
            LintDraft(
                environment: "protected: \"true\"",
                grants: "- { id: a, when: { event_name: push, environment: [prod, other] }, read: KEY }", base: base),
            "new-access «a»"
        ),
        (
            LintDraft(grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }", base: base),
            "new-access «prod»"
        ),
        (
            LintDraft(
                environment: "protected: \"true\"", secrets: "KEY: { from: \"aws-sm:other\", max_age: 30d }",
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }", base: base),
            "new-access «a»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }", base: base),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: prod, ref: refs/heads/main }, read: KEY }",
            base: base),
        LintDraft.locked("event_name: [push, schedule], environment: prod"),
        LintDraft(
            grants: "- { id: a, when: { event_name: [push, schedule] }, read: KEY }", base: LintDraft().text),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: NewAccess()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: NewAccess()).isEmpty)
    }

    private static let base = LintDraft.locked("event_name: push, environment: prod").text
}
