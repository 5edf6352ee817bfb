import Diagnostics
import PolicyLint
import Testing

@Suite("The tokens of a repository's jobs")
struct WorkflowTokensTests {
    static func jobs(_ files: [String: String]) -> [JobTokens] {
        let sources = files.sorted { $0.key < $1.key }.map { name, text in
            let path = ".github/workflows/" + name
            return (path: path, text: SourceText(name: path, bytes: Array(text.utf8)))
        }
        return WorkflowTokens(RepositoryView(policyPath: "inject.yaml", files: sources)).jobs
    }

    /// Jobs in lines: `ID may|may not: EVENT REFS ENVIRONMENT WORKFLOW [in CALLED] [RUNNER]; …`.
    static func lines(_ files: [String: String]) -> [String] {
        jobs(files).map { job in
            let shapes = job.shapes.map { shape in
                let environment =
                    switch shape.environment {
                    case .none: "-"
                    case .named(let name): name
                    case .computed(let text): "computed:\(text)"
                    }
                let file = String(shape.workflow.split(separator: "/").last ?? "")
                let parts = [shape.event, shape.refs.joined(separator: "|"), environment, file]
                return (parts + [shape.called.map { "in \($0)" }, shape.runner].compactMap(\.self))
                    .joined(separator: " ")
            }
            return "\(job.id) \(job.mayAskForToken ? "may" : "may not"): \(shapes.joined(separator: "; "))"
        }
    }

    static func job(_ on: String, _ more: String = "") -> [String: String] {
        ["a.yml": "on: \(on)\njobs:\n  j:\n    permissions: { id-token: write }\n    \(more)\n"]
    }

    @Test(
        "an event's refs are those of its filters, or wider",
        arguments: [
            ("push", "push refs/heads/**|refs/tags/** - a.yml"),
            ("[push, schedule]", "push refs/heads/**|refs/tags/** - a.yml; schedule ** - a.yml"),
            ("{ push: { branches: main } }", "push refs/heads/main - a.yml"),
            (
                "{ push: { branches: [main, 'release/*', '!release/x'] } }",
                "push refs/heads/main|refs/heads/release/* - a.yml"
            ),
            ("{ push: { branches: ['v[12]', 'a/b**/c'] } }", "push refs/heads/**|refs/heads/a/** - a.yml"),
            ("{ push: { tags: ['v*'] } }", "push refs/tags/v* - a.yml"),
            ("{ push: { branches-ignore: [x] } }", "push refs/heads/** - a.yml"),
            ("{ push: { branches: main, tags: '**' } }", "push refs/heads/main|refs/tags/** - a.yml"),
            ("{ push: { paths: [a] } }", "push refs/heads/**|refs/tags/** - a.yml"),
            ("pull_request", "pull_request refs/pull/*/merge - a.yml"),
            (
                "{ pull_request: { types: [closed], branches: main } }",
                "pull_request refs/pull/*/merge|refs/heads/main - a.yml"
            ),
            ("release", "release refs/tags/** - a.yml"),
            ("workflow_dispatch", "workflow_dispatch refs/heads/**|refs/tags/** - a.yml"),
            ("merge_group", "merge_group refs/heads/gh-readonly-queue/** - a.yml"),
            ("workflow_call", ""),
        ]
    )
    func refs(on: String, expected: String) {
        #expect(Self.lines(Self.job(on)) == ["j \(expected.isEmpty ? "may not" : "may"): \(expected)"])
    }

    @Test(
        "an environment and a runner are what the job says, where it does",
        arguments: [
            ("environment: prod", "prod a.yml"),
            ("environment: { name: prod eu, url: x }", "prod eu a.yml"),
            ("environment: \"${{ inputs.to }}\"", "computed:${{ inputs.to }} a.yml"),
            ("runs-on: ubuntu-24.04", "- a.yml github-hosted"),
            ("runs-on: windows-latest", "- a.yml github-hosted"),
            ("runs-on: ubuntu-24.04-our-own", "- a.yml"),
            ("runs-on: [self-hosted, linux]", "- a.yml self-hosted"),
            ("runs-on: \"${{ matrix.os }}\"", "- a.yml"),
            (
                "uses: acme/ci/.github/workflows/x.yml@v1",
                "computed:acme/ci/.github/workflows/x.yml@v1 a.yml in acme/ci/.github/workflows/x.yml@v1"
            ),
        ]
    )
    func environment(job: String, expected: String) {
        #expect(Self.lines(Self.job("release", job)) == ["j may: release refs/tags/** \(expected)"])
    }

    @Test("a called workflow's jobs have the tokens of those who call it, as far as they may ask")
    func calls() {
        let call = "uses: ./.github/workflows/b.yml"
        let files = [
            "a.yml": "on: release\njobs:\n  c:\n    permissions: { id-token: write }\n    \(call)\n",
            "b.yml": "on: { workflow_call: , schedule: }\njobs:\n  d: { environment: prod }\n",
            "c.yml": "on: delete\npermissions: {}\njobs:\n  e:\n    \(call)\n",
        ]
        #expect(
            Self.lines(files) == [
                "c may not: ",
                "d may: release refs/tags/** prod a.yml in .github/workflows/b.yml; schedule ** prod b.yml; "
                    + "delete ** prod c.yml in .github/workflows/b.yml",
                "e may not: ",
            ])
        var denied = files
        denied["a.yml"] = files["a.yml"]?.replacing("write", with: "none")
        #expect(Self.lines(denied)[1].hasPrefix("d may not: "))
        denied = files
        denied["b.yml"] = files["b.yml"]?.replacing("jobs:", with: "permissions: {}\njobs:")
        #expect(Self.lines(denied)[1].hasPrefix("d may not: "))
    }

    @Test("a circle of calls ends")
    func circle() {
        let files = [
            "a.yml": "on: [push, workflow_call]\njobs:\n  c: { uses: ./.github/workflows/b.yml }\n  x: {}\n",
            "b.yml": "on: workflow_call\njobs:\n  d: { uses: ./.github/workflows/a.yml }\n  y: {}\n",
        ]
        let refs = "push refs/heads/**|refs/tags/** - a.yml"
        #expect(
            Self.lines(files) == [
                "c may not: ", "x may not: \(refs)", "d may not: ",
                "y may not: \(refs) in .github/workflows/b.yml",
            ])
    }

    @Test(
        "secrets are what stands in expressions, but for the job's own token",
        arguments: [
            ("env: { A: \"${{ secrets.B }}\" }", "B as A"),
            ("env: { A: \"x-${{ secrets.B }}\" }", "B"),
            ("steps: [{ run: \"echo ${{ secrets.A }}${{secrets['B']}} secrets.C\" }]", "A,B"),
            ("with: { t: \"${{ secrets.GITHUB_TOKEN || secrets.PAT }}\" }", "PAT"),
            ("with: { t: \"${{ format('{0}', my.secrets.A, secretsx.B, xsecrets.C) }}\" }", ""),
            ("with: { t: \"${{ toJSON(secrets) }}\" }", "all"),
            ("with: { t: \"${{ secrets[matrix.name] }}\" }", "matrix"),
            ("env: { A: \"${{ secrets.A\" }", "A"),
        ]
    )
    func secrets(job: String, expected: String) throws {
        let uses = try #require(Self.jobs(Self.job("push", job)).first).secrets
        let names = uses.names.map { name in uses.variables[name].map { "\(name) as \($0)" } ?? name }
        #expect((names + (uses.takesAll ? ["all"] : [])).joined(separator: ",") == expected)
    }
}
