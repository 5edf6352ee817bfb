import PolicyLint
import Testing

@Suite("S06 shadowed-grant")
struct ShadowedGrantTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(
                grants: """
                    - { id: a, when: { event_name: push }, read: KEY }
                          - { id: b, when: { event_name: push, ref: refs/heads/main }, read: KEY }
                    """), "shadowed-grant «b»"
        ),
        (
            LintDraft(
                grants: """
                    - { id: a, when: { ref: refs/heads/main }, read: KEY }
                          - { id: b, when: { ref: refs/heads/main }, read: KEY }
                    """), "shadowed-grant «b»"
        ),
        (
            LintDraft(
                grants: """
                    - { id: a, when: { ref: refs/heads/a }, read: KEY }
                          - { id: b, when: { ref: refs/heads/* }, read: KEY }
                    """), "shadowed-grant «a»"
        ),
        (
            LintDraft(
                grants: """
                    - { id: a, when: { event_name: [push, pull_request], ref: "refs/pull/**" }, read: KEY }
                          - { id: b, when: { event_name: pull_request }, read: KEY }
                    """), "shadowed-grant «a»"
        ),
        (
            LintDraft(
                grants: """
                    - { id: a, expires: "2027-01-01T00:00:00Z", when: { event_name: push }, read: KEY }
                          - { id: b, when: { event_name: push }, read: KEY }
                    """), "shadowed-grant «a»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(
            grants: """
                - { id: a, when: { ref: refs/heads/* }, read: KEY }
                      - { id: b, when: { ref: refs/heads/a/b }, read: KEY }
                """),
        LintDraft(
            grants: """
                - { id: a, when: { event_name: push }, read: KEY }
                      - { id: b, when: { ref: refs/heads/main }, read: KEY }
                """),
        LintDraft(
            secrets: "{ KEY: { from: \"aws-sm:k\" }, B: { from: \"aws-sm:b\" } }",
            grants: """
                - { id: a, when: { event_name: push }, read: KEY }
                      - { id: b, when: { event_name: push }, read: B }
                      - { id: c, when: { event_name: schedule }, read: B }
                """),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: ShadowedGrant()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: ShadowedGrant()).isEmpty)
    }

    @Test("the grant in the shadow is removed, and the other stays")
    func fix() throws {
        let draft = LintDraft(
            grants: """
                - { id: a, when: { event_name: push }, read: KEY }
                      - { id: b, when: { event_name: push, ref: refs/heads/main }, read: KEY }
                """)
        let fixes = ShadowedGrant().findings(in: draft.subject).compactMap(\.fix)
        let text = String(decoding: LintFix.applied(fixes, to: draft.subject.source).bytes, as: UTF8.self)
        #expect(text.contains("id: a") && !text.contains("id: b"))
    }
}
