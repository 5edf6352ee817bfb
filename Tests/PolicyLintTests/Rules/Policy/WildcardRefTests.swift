import PolicyLint
import Testing

@Suite("P03 wildcard-ref")
struct WildcardRefTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("event_name: push, ref: \"refs/**\""), #"wildcard-ref «"refs/**"»"#),
        (LintDraft.when("ref: \"refs/heads/*\""), #"wildcard-ref «"refs/heads/*"»"#),
        (LintDraft.when("ref: \"refs/heads/**\""), #"wildcard-ref «"refs/heads/**"»"#),
        (LintDraft.when("event_name: push"), #"wildcard-ref «a»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("ref: \"refs/heads/*\", environment: prod"),
        LintDraft.when("ref: \"refs/heads/release/*\""),
        LintDraft.when("workflow_ref: acme/shop/.github/workflows/a.yml@refs/heads/main"),
        LintDraft(
            environment: "local: 'true'", secrets: "KEY: { from: 'file:k' }",
            grants: "- { id: a, when: { event_name: local }, read: KEY }"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: WildcardRef()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: WildcardRef()).isEmpty)
    }
}
