import PolicyLint
import Testing

@Suite("W11 template-injection")
struct TemplateInjectionTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ run: 'inject -- echo ${{ github.event.issue.title }}' }]\n"
            ]), #"template-injection «'inject -- echo ${{ github.event.issue.title }}'»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ run: 'inject -- echo ${{github.head_ref}}' }]\n"
            ]), #"template-injection «'inject -- echo ${{github.head_ref}}'»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps:\n      - uses: acme/inject/action@x\n        with: { run: 'echo ${{ github.head_ref }}' }\n"
            ]), "template-injection «'echo ${{ github.head_ref }}'»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    permissions: { id-token: write }\n    steps: [{ run: 'inject -- echo ${{ github.sha }}' }]\n"
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: TemplateInjection()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: TemplateInjection()).isEmpty)
    }

    @Test(
        "what somebody chooses is seen in every way to write it, and a number is no text",
        arguments: [
            ("toJSON(github.event)", true), ("toJson( github )", true), ("github['event'].issue.title", true),
            ("GitHub.Event.Issue.Title", true), ("github.ref_name", true), ("inputs.a || 'b'", true),
            ("github.event.inputs.id", true), ("github.event.pull_request.number", false),
            ("github.event.pull_request.head.sha", false), ("github.repository", false), ("toJSON(matrix)", false),
        ]
    )
    func expressions(expression: String, isFound: Bool) {
        let step = "      - run: |\n          echo ${{ \(expression) }}\n"
        let draft = LintDraft(files: [".github/workflows/a.yml": Self.head + step])
        #expect(draft.findings(of: TemplateInjection()).count == (isFound ? 1 : 0))
    }

    private static let head = """
        on: push
        jobs:
          d:
            permissions: { id-token: write }
            runs-on: ubuntu-24.04
            steps:
              - run: inject -- make

        """

    /// The step as the fix leaves it; nil where there is none.
    private static func mended(_ step: String, head: String = head) -> String? {
        let subject = LintDraft(files: [".github/workflows/a.yml": head + step]).subject
        let fixes = TemplateInjection().findings(in: subject).compactMap(\.fix)
        let text = fixes.first.map { String(decoding: LintFix.applied(fixes, to: $0.source).bytes, as: UTF8.self) }
        return text.map { String($0.dropFirst(head.count)) }
    }

    @Test(
        "a variable takes the place of what stands between double quotes",
        arguments: [
            (
                "      - run: echo \"${{ github.head_ref }}\"\n",
                "      - env:\n          HEAD_REF: ${{ github.head_ref }}\n        run: echo \"${HEAD_REF}\"\n"
            ),
            (
                "      - env:\n          A: b\n        run: echo \"${{inputs.path}}\"\n",
                "      - env:\n          INPUT_PATH: ${{ inputs.path }}\n          A: b\n        run: echo \"${INPUT_PATH}\"\n"
            ),
            (
                "      - { shell: bash, env: { A: b }, run: echo \"a\" }\n      - env: { A: b }\n        run: |\n"
                    + "          # it's ${{ github.sha }}\n          x=\"a \\\"${{ github.event.issue.title }}, ${{ github.head_ref }}\"\n"
                    + "          echo 'a' \"${{ github.head_ref }}\"\n",
                "      - { shell: bash, env: { A: b }, run: echo \"a\" }\n"
                    + "      - env: { EVENT_ISSUE_TITLE: \"${{ github.event.issue.title }}\", HEAD_REF: \"${{ github.head_ref }}\", A: b }\n"
                    + "        run: |\n          # it's ${{ github.sha }}\n          x=\"a \\\"${EVENT_ISSUE_TITLE}, ${HEAD_REF}\"\n"
                    + "          echo 'a' \"${HEAD_REF}\"\n"
            ),
        ]
    )
    func fix(step: String, mended: String) {
        #expect(Self.mended(step) == mended)
    }

    @Test(
        "nothing is mended where a variable would be another text, or no safer",
        arguments: [
            "echo ${{ github.head_ref }}", "echo '${{ github.head_ref }}'", "bash -ec \"${{ github.head_ref }}\"",
            "eval \"${{ github.head_ref }}\"", "echo \"$(cat \"${{ github.head_ref }}\")\"",
            "echo \"${{ github.head_ref }}\"; echo ${{ inputs.a }}", "cat <<E \"${{ github.head_ref }}\"",
            "echo \"${{ format('a{0}', github.head_ref) }}\"", "echo \"${{ github.head_ref }}\" $HEAD_REF",
            "echo \"${{ inputs.a-b }} ${{ inputs.a_b }}\"",
        ]
    )
    func unmended(script: String) {
        let step = "      - run: |\n          \(script)\n"
        #expect(
            LintDraft(files: [".github/workflows/a.yml": Self.head + step]).findings(of: TemplateInjection()).count == 1
        )
        #expect(Self.mended(step) == nil)
    }

    @Test("nothing is mended in another shell, or on a machine whose shell is not known")
    func shells() {
        let script = "run: echo \"${{ github.head_ref }}\"\n"
        let unknown = Self.head.replacing("ubuntu-24.04", with: "[self-hosted]")
        #expect(Self.mended("      - shell: pwsh\n        \(script)") == nil)
        #expect(Self.mended("      - \(script)", head: unknown) == nil)
        #expect(Self.mended("      - shell: bash\n        \(script)", head: unknown) != nil)
        #expect(Self.mended("      - \(script)", head: "defaults: { run: { shell: pwsh } }\n" + Self.head) == nil)
    }
}
