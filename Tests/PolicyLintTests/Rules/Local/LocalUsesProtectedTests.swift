import PolicyLint
import Testing

@Suite("E03 local-uses-protected")
struct LocalUsesProtectedTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(
                environment: "protected: \"true\"",
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
                rest: local("aws-sm:key")), "local-uses-protected «LOCAL»"
        ),
        (
            LintDraft(
                environment: "protected: \"true\"",
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
                rest: local("aws-sm:key#part")), "local-uses-protected «LOCAL»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            rest: local("aws-sm:dev/key")),
        LintDraft(
            environment: "", grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            rest: local("aws-sm:key")),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: LocalUsesProtected()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: LocalUsesProtected()).isEmpty)
    }

    private static func local(_ from: String) -> String {
        """
          dev:
            local: "true"
            secrets: { LOCAL: { from: "\(from)" } }
            grants: [{ id: l, when: { event_name: local }, read: LOCAL }]
        """
    }
}
