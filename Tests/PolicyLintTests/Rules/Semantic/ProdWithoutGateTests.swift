import PolicyLint
import Testing

@Suite("S03 prod-without-gate")
struct ProdWithoutGateTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft.locked(
                "event_name: push, ref: refs/heads/main, workflow_ref: acme/shop/.github/workflows/a.yml@refs/heads/main"
            ), "prod-without-gate «a»"
        )
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.locked("event_name: push, environment: prod"),
        denied(
            "event_name: push, ref: refs/heads/main, workflow_ref: acme/shop/.github/workflows/a.yml@refs/heads/main"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: ProdWithoutGate()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: ProdWithoutGate()).isEmpty)
    }

    /// A policy whose rule keeps out whoever has no environment.
    private static func denied(_ when: String) -> LintDraft {
        var draft = LintDraft.locked(when)
        draft.rest = "deny: [{ id: d, when: { environment: { not: [\"*\"] } }, read: \"prod/**\" }]"
        return draft
    }
}
