import PolicyLint
import Testing

@Suite("S02 cross-environment")
struct CrossEnvironmentTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(
                environment: "protected: \"true\"",
                grants: "- { id: a, when: { event_name: push, environment: [prod, staging] }, read: KEY }", rest: more),
            "cross-environment «staging»"
        ),
        (
            LintDraft(
                environment: "", grants: "- { id: a, when: { event_name: push, environment: \"*\" }, read: KEY }",
                rest: more.replacing("secrets:", with: "protected: \"true\"\n    secrets:")),
            #"cross-environment «"*"»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }", rest: more),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: break-glass }, read: KEY }", rest: more),
        LintDraft(
            environment: "", grants: "- { id: a, when: { event_name: push, environment: [prod, staging] }, read: KEY }",
            rest: more),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: [prod, staging] }, read: KEY }",
            rest: more + "\ndeny: [{ id: d, when: { environment: staging }, read: \"prod/**\" }]"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: CrossEnvironment()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: CrossEnvironment()).isEmpty)
    }

    private static let more = """
          staging:
            secrets: { KEY: { from: "aws-sm:other" } }
            grants:
              - { id: b, when: { event_name: push, environment: staging }, read: KEY }
        """
}
