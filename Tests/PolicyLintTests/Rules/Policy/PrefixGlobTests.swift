import PolicyLint
import Testing

@Suite("P04 prefix-glob")
struct PrefixGlobTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("ref: \"refs/heads/main*\""), #"prefix-glob «"refs/heads/main*"»"#),
        (LintDraft.when("ref: \"refs/heads/v*\""), #"prefix-glob «"refs/heads/v*"»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("ref: \"refs/heads/release/*\""),
        LintDraft.when("ref: \"refs/tags/v*\""),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: PrefixGlob()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: PrefixGlob()).isEmpty)
    }
}
