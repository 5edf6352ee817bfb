import PolicyLint
import Testing

@Suite("E01 env-example-drift")
struct EnvExampleDriftTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(rest: dev, files: [".env.example": "SHOP_URL=\n"]), "env-example-drift .env.example:1"),
        (
            LintDraft(rest: dev, files: [".env.example": "SHOP_URL=\n\nKEY=\n# OLD_TOKEN=\nNEW_TOKEN=\n"]),
            "env-example-drift .env.example:5"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(rest: dev),
        LintDraft(
            rest: dev, files: [".env.example": "# A comment\nexport KEY=\nSHOP_URL=http://localhost\nPORT=3000\n"]),
        LintDraft(files: [".env.example": "A=1\n"]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: EnvExampleDrift()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: EnvExampleDrift()).isEmpty)
    }

    private static let dev = """
          dev:
            local: "true"
            secrets: { KEY: { from: "dotenv:.env.local" }, URL: { from: "dotenv:.env.local#SHOP_URL" } }
            grants: [{ id: l, when: { event_name: local }, read: [KEY, URL] }]
        """

    @Test("what is missing is added, without a value")
    func fix() throws {
        let draft = LintDraft(rest: Self.dev, files: [".env.example": "PORT=1"])
        let fixes = EnvExampleDrift().findings(in: draft.subject).compactMap(\.fix)
        let source = try #require(fixes.first?.source)
        #expect(String(decoding: LintFix.applied([fixes[0]], to: source).bytes, as: UTF8.self) == "PORT=1\nKEY=\n")
    }
}
