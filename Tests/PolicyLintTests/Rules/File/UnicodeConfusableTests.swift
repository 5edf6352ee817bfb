import PolicyLint
import Testing

@Suite("Y05 unicode-confusable")
struct UnicodeConfusableTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("ref: \"refs/heads/m\u{202E}ain\""), "yaml-encoding «\u{202E}»"),
        (LintDraft.when("ref:\trefs/heads/main"), "yaml-tab «\t»"),
        (LintDraft(whole: "\u{FEFF}version: '1'"), #"yaml-byte-order-mark inject.yaml:1"#),
    ]

    static let good: [LintDraft] = [
        LintDraft()
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: UnicodeConfusable()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: UnicodeConfusable()).isEmpty)
    }
}
