import PolicyLint
import Testing

@Suite("W09 secret-echo")
struct SecretEchoTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps:\n      - run: 'inject -- sh -c \"echo $KEY\"'\n"
            ]), #"secret-echo «'inject -- sh -c "echo $KEY"'»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: 'inject -- printenv'\n"
            ]), "secret-echo «'inject -- printenv'»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: 'exec inject run -- env'\n"
            ]), "secret-echo «'exec inject run -- env'»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps:\n      - run: \"set -x; inject -- make\\ncurl $KEY\"\n"
            ]), #"secret-echo «"set -x; inject -- make\ncurl $KEY"»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps:\n      - run: inject -- make\n      - run: make\n        env: { ALL: '${{ toJSON(secrets) }}' }\n"
            ]), "secret-echo «'${{ toJSON(secrets) }}'»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps: [{ uses: acme/inject/action@x, with: { run: 'echo $KEY' } }]\n"
            ]), "secret-echo «'echo $KEY'»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: 'inject -- make'\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    steps:\n      - run: 'inject -- sh -c \"echo $KEY | docker login --password-stdin\"'\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    steps:\n      - run: 'inject -- sh -c \"echo ::add-mask::$KEY\"'\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: 'inject -- env KEY2=a make'\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    steps:\n      - run: 'inject -- sh -c \"echo $KEY_2\"'\n"
        ]),
        LintDraft(files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: echo $KEY\n"]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: SecretEcho()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: SecretEcho()).isEmpty)
    }
}
