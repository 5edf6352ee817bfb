import Diagnostics
import PolicyLint
import Testing

@Suite("Linting a policy")
struct PolicyLinterTests {
    static let wide = "event_name: push, ref: \"refs/heads/*\""

    @Test("a policy as it should be has no findings")
    func clean() {
        #expect(LintDraft().findings().isEmpty)
    }

    @Test(
        "a comment with a reason silences its rule, by code or id, in its line or the next",
        arguments: [
            ("", ["wildcard-ref «\"refs/heads/*\"»"]),
            ("  # inject: ignore[P03] previews hold no data", []),
            ("  # inject: ignore[no-event, wildcard-ref] previews hold no data", []),
            ("  # inject: ignore[P04] previews hold no data", ["wildcard-ref «\"refs/heads/*\"»"]),
            ("  # inject: ignore[P03]", ["wildcard-ref «\"refs/heads/*\"»", "ignore-comment «# inject: ignore[P03]»"]),
        ]
    )
    func comments(comment: String, expected: [String]) {
        let draft = LintDraft(grants: "- { id: a, when: { \(Self.wide) }, read: KEY }\(comment)")
        #expect(draft.findings() == expected)
    }

    @Test("a comment on a line of its own is about the next")
    func commentAbove() {
        let grant = "- { id: a, when: { \(Self.wide) }, read: KEY }"
        #expect(LintDraft(grants: "# inject: ignore[P03] previews\n      \(grant)").findings().isEmpty)
        #expect(LintDraft(grants: "# inject: ignore[P03] previews\n\n      \(grant)").findings().count == 1)
    }

    @Test("the policy's own settings silence a rule with a reason")
    func settings() {
        var draft = LintDraft.when(Self.wide)
        draft.rest = "lint: { ignore: { wildcard-ref: previews } }"
        #expect(draft.findings().isEmpty)
    }

    @Test("what the reader refuses cannot be silenced")
    func refusals() {
        let draft = LintDraft(rest: "# inject: ignore[unknown-key] no\nextra: x  # inject: ignore[unknown-key] no")
        #expect(draft.findings() == ["policy-unknown-key «extra»"])
    }

    @Test("a more thorough reader sees more")
    func personas() {
        let draft = LintDraft.locked("event_name: push, environment: prod")
        #expect(draft.findings().isEmpty)
        #expect(draft.findings(persona: .pedantic) == ["no-owner «KEY»"])
        #expect(draft.findings(persona: .auditor) == ["no-owner «KEY»", "self-hosted-allowed «a»"])
    }

    @Test("every finding says what to do and which rule says why")
    func remarks() {
        for draft in [LintDraft.when(Self.wide), LintDraft(rest: "extra: x"), LintDraft(head: "repository: a/b")] {
            for finding in PolicyLinter().findings(in: draft.subject) {
                #expect(finding.diagnostic.text.contains("= help: "))
                #expect(finding.diagnostic.text.contains("= rule: inject lint --explain \(finding.facts.code)\n"))
            }
        }
    }

    // MARK: - Fixes

    private static func mended(_ draft: LintDraft) -> String {
        let fixes = PolicyLinter().findings(in: draft.subject).compactMap(\.fix)
        return String(decoding: LintFix.applied(fixes, to: draft.subject.source).bytes, as: UTF8.self)
    }

    @Test("a mended policy has none of the findings left, and nothing else has changed")
    func fixes() {
        let quoted = LintDraft(environment: "protected: true", grants: "[]", rest: "lint: { persona: regular }")
        #expect(Self.mended(quoted) == quoted.text.replacing("true", with: "\"true\""))
        let line = "      OLD: { from: \"aws-sm:old\" }  # from 2019\n"
        let unused = LintDraft(secrets: "KEY: { from: \"aws-sm:k\" }\n\(line)")
        #expect(Self.mended(unused) == unused.text.replacing(line, with: ""))
        let block =
            "      - id: old\n        when: { event_name: push, ref: refs/heads/main }\n        read: KEY\n"
            + "        expires: \"2025-01-01T00:00:00Z\"\n"
        let expired = LintDraft(grants: LintDraft().grants + "\n" + block)
        #expect(Self.mended(expired) == expired.text.replacing(block, with: ""))
    }

    @Test("a secret that shares its line with another is left to a person")
    func noFix() {
        let draft = LintDraft(secrets: "{ KEY: { from: \"aws-sm:k\" }, OLD: { from: \"aws-sm:o\" } }")
        #expect(Self.mended(draft) == draft.text)
    }
}
