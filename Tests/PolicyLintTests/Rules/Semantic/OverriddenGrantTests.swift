import PolicyLint
import Testing

@Suite("S07 overridden-grant")
struct OverriddenGrantTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(rest: "deny: [{ id: d, when: { ref: \"refs/heads/*\" }, read: \"prod/**\" }]"),
            "overridden-grant «a»"
        ),
        (
            LintDraft(rest: "deny: [{ id: d, when: { event_name: { not: schedule } }, read: prod/KEY }]"),
            "overridden-grant «a»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(rest: "deny: [{ id: d, when: { actor: eve }, read: prod/KEY }]"),
        LintDraft(rest: "deny: [{ id: d, when: { event_name: push }, read: prod/OTHER }]"),
        LintDraft(
            secrets: "{ KEY: { from: \"aws-sm:k\" }, B: { from: \"aws-sm:b\" } }",
            grants: "- { id: a, when: { event_name: push }, read: [KEY, B] }",
            rest: "deny: [{ id: d, when: { event_name: push }, read: prod/KEY }]"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: OverriddenGrant()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: OverriddenGrant()).isEmpty)
    }
}
