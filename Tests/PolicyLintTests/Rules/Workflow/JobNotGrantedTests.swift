import Diagnostics
import PolicyLint
import Testing

@Suite("W03 job-not-granted")
struct JobNotGrantedTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml": "on: pull_request\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"
            ]), "job-not-granted «d»"
        ),
        (
            LintDraft(
                environment: "protected: \"true\"",
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
                files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"]),
            "job-not-granted «d»"
        ),
        (
            LintDraft(
                environment: "protected: \"true\"",
                grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
                files: [
                    ".github/workflows/a.yml":
                        "on: push\njobs:\n  d:\n    environment: { name: staging }\n    steps:\n      - run: inject -- make\n"
                ]), "job-not-granted «d»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps:\n      - run: inject --environment live -- make\n"
            ]), "job-not-granted «d»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps:\n      - run: inject --only=KEY,OTHER -- make\n"
            ]), "job-not-granted «d»"
        ),
        (
            LintDraft(
                grants:
                    "- { id: a, when: { workflow_ref: \"acme/shop/.github/workflows/b.yml@refs/heads/main\" }, read: KEY }",
                files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"]),
            "job-not-granted «d»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml": "on: workflow_call\njobs:\n  d:\n    steps:\n      - run: inject -- make\n",
                ".github/workflows/b.yml": "on: schedule\njobs:\n  c:\n    uses: ./.github/workflows/a.yml\n",
            ]), "job-not-granted «d»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: { push: { branches: [dev] } }\njobs:\n  d:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: inject -- make\n"
            ]), "job-not-granted «d»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: { push: { tags: ['v*'] } }\njobs:\n  d:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: inject -- make\n"
            ]), "job-not-granted «d»"
        ),
        (
            LintDraft(
                grants: "- { id: a, when: { event_name: push, runner_environment: self-hosted }, read: KEY }",
                files: [
                    ".github/workflows/a.yml":
                        "on: push\njobs:\n  d:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: inject -- make\n"
                ]), "job-not-granted «d»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps: [{ uses: acme/inject/action@x, with: { environment: live } }]\n"
            ]), "job-not-granted «d»"
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    steps: [{ uses: acme/inject/action@x, with: { secrets: 'KEY, OTHER' } }]\n"
            ]), "job-not-granted «d»"
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    steps: [{ uses: acme/inject/action@x, with: { environment: '', secrets: KEY } }]\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: { push: { branches: [dev, 'ma*'] } }\njobs:\n  d:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: inject -- make\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: { pull_request: , push: { branches-ignore: [dev] } }\njobs:\n  d:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: inject -- make\n"
        ]),
        LintDraft(
            grants:
                "- { id: a, when: { event_name: push, workflow_ref: \"acme/shop/.github/workflows/a b.yml@**\" }, read: KEY }",
            files: [
                ".github/workflows/a b.yml":
                    "on: push\njobs:\n  d:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: inject -- make\n"
            ]),
        LintDraft(),
        LintDraft(files: [".github/workflows/a.yml": "on: push\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"]
        ),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: [push, pull_request]\njobs:\n  d:\n    environment: prod\n    steps:\n      - run: inject -- make\n"
            ]),
        LintDraft(
            environment: "protected: \"true\"",
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            files: [
                ".github/workflows/a.yml":
                    "on: push\njobs:\n  d:\n    environment: ${{ inputs.e }}\n    steps:\n      - run: inject -- make\n"
            ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                "on: push\njobs:\n  d:\n    steps:\n      - run: inject --environment \"$WHERE\" --only KEY -- make\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml": "on: workflow_call\njobs:\n  d:\n    steps:\n      - run: inject -- make\n"
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml": "on: workflow_call\njobs:\n  d:\n    steps:\n      - run: inject -- make\n",
            ".github/workflows/b.yml": "on: push\njobs:\n  c:\n    uses: ./.github/workflows/a.yml\n",
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: JobNotGranted()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: JobNotGranted()).isEmpty)
    }

    @Test("a local environment is said to be one")
    func localEnvironment() {
        let local = """
              dev:
                local: "true"
                secrets: { KEY: { from: "dotenv:.env.local" } }
                grants: [{ id: l, when: { event_name: local }, read: KEY }]
            """
        let workflow = "on: push\njobs:\n  d:\n    steps: [{ run: inject -e dev -- make }]\n"
        let draft = LintDraft(rest: local, files: [".github/workflows/a.yml": workflow])
        #expect(
            JobNotGranted().findings(in: draft.subject).map(\.diagnostic.message) == [
                "job `d` asks for the environment `dev`, which is for developers' own machines"
            ])
    }

    @Test("the grant that misses least is named, with what it wants")
    func nearest() {
        let workflow = "on: push\njobs:\n  d:\n    environment: staging\n    steps: [{ run: inject -- make }]\n"
        let draft = LintDraft(
            grants: "- { id: a, when: { event_name: push, environment: prod }, read: KEY }",
            files: [".github/workflows/a.yml": workflow]
        )
        let text = JobNotGranted().findings(in: draft.subject).map(\.diagnostic.text).joined()
        #expect(text.contains("= note: grant `a` is nearest, and wants environment to be `prod`\n"))
    }
}
