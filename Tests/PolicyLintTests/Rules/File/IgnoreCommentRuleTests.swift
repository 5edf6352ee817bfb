import PolicyLint
import Testing

@Suite("Y09 ignore-comment")
struct IgnoreCommentRuleTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(rest: "# inject: ignore[P03]"), #"ignore-comment «# inject: ignore[P03]»"#),
        (LintDraft(rest: "# inject: ignore because"), #"ignore-comment «# inject: ignore because»"#),
        (LintDraft(rest: "# inject: ignore[X99] because"), #"ignore-comment «# inject: ignore[X99] because»"#),
        (LintDraft(rest: "lint: { ignore: { X99: because } }"), #"ignore-comment «X99»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft(rest: "# inject: ignore[P03, no-event] previews only"),
        LintDraft(rest: "lint: { ignore: { P16: because } }"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: IgnoreCommentRule()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: IgnoreCommentRule()).isEmpty)
    }
}
