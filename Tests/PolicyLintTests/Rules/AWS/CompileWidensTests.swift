import PolicyLint
import Testing

@Suite("A07 compile-widens")
struct CompileWidensTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.aws("event_name: push, ref: refs/heads/main"), "compile-widens «event_name»"),
        (
            LintDraft.aws("ref: refs/heads/main, runner_environment: github-hosted"),
            "compile-widens «runner_environment»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.aws("ref: refs/heads/main"),
        LintDraft.aws("event_name: push, ref: refs/heads/main", ", allow_widening: event_name, reason: all may"),
        LintDraft.when("event_name: push"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: CompileWidens()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: CompileWidens()).isEmpty)
    }
}
