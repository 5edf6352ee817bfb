import Foundation
import InjectTesting
import Testing

@Suite("inject diff: jobs and revisions")
struct DiffCommandTests {
    static let workflow = """
        on:
          push: { branches: [main, dev] }
          pull_request:
        permissions: { id-token: write }
        jobs:
          test:
            permissions: {}
          preview:
            if: github.ref != 'refs/heads/main'
          deploy:
            environment: prod

        """

    /// A workplace with workflows whose policy is wider in `wide.yaml`.
    static func workplace() throws -> Workplace {
        let workplace = try Workplace()
        try workplace.folder.write(
            "wide.yaml", Workplace.policy.replacing("ref: refs/heads/main }", with: "ref: \"refs/heads/*\" }"))
        try workplace.folder.write(".github/workflows/ci.yml", workflow)
        try workplace.folder.write(
            ".github/workflows/tags.yml",
            "on: { push: { tags: ['v*'] } }\njobs: { release: { permissions: write-all } }\n")
        return workplace
    }

    @Test("jobs whose tokens are among those of a change are named, in every format")
    func jobs() throws {
        let workplace = try Self.workplace()
        #expect(
            try workplace.run("diff", "inject.yaml", "wide.yaml")
                == CommandResult(
                    status: 0,
                    output: """
                        gained  prod/API_KEY
                                by grant prod-deploy, wide.yaml:21
                                event_name is `push`; ref is `refs/heads/*` but not `refs/heads/main`
                                token: event_name=push ref=refs/heads/a
                                jobs: preview (.github/workflows/ci.yml:8), deploy (.github/workflows/ci.yml:10)

                        1 gained, 0 lost

                        """
                )
        )
        let markdown = try workplace.run("diff", "wide.yaml", "inject.yaml", "--format", "markdown")
        #expect(
            markdown.output.hasSuffix(
                """
                | | secrets | who | by | such as | jobs |
                |---|---|---|---|---|---|
                | lost | `prod/API_KEY` | event_name is `push`; ref is `refs/heads/*` but not `refs/heads/main` | by grant \
                prod-deploy, wide.yaml:21 | `event_name=push ref=refs/heads/a` | preview (.github/workflows/ci.yml:8), \
                deploy (.github/workflows/ci.yml:10) |

                """), "\(markdown.output)")
        let json = try workplace.run("diff", "inject.yaml", "wide.yaml", "--format", "json").output
        #expect(
            json.hasSuffix(
                #""jobs":[{"job":"preview","file":".github/workflows/ci.yml","line":8},"#
                    + #"{"job":"deploy","file":".github/workflows/ci.yml","line":10}]}"# + "\n"), "\(json)")
        let github = try workplace.run("diff", "inject.yaml", "wide.yaml", "--format", "github").output
        #expect(
            github.hasSuffix(
                "ref=refs/heads/a%0Anote: jobs: preview (.github/workflows/ci.yml:8), "
                    + "deploy (.github/workflows/ci.yml:10)\n"), "\(github)")
    }

    @Test("what a job is called cannot begin a line of the output", arguments: ["text", "markdown", "github"])
    func hostileJob(format: String) throws {
        let workplace = try Self.workplace()
        try workplace.folder.write(
            ".github/workflows/ci.yml",
            "on: push\npermissions: { id-token: write }\njobs: { \"x\\n::stop-commands::abc\": { steps: [] } }\n")
        let output = try workplace.run("diff", "inject.yaml", "wide.yaml", "--format", format).output
        #expect(output.contains("x\u{FFFD}::stop-commands::abc (.github/workflows/ci.yml:3)"), "\(output)")
    }

    // MARK: - Revisions

    static let commit = """
        set -e
        export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
        git init -q . && git config user.name a && git config user.email a@b
        git add .env.local && git commit -qm empty && git tag empty
        git add inject.yaml .github && git commit -qm policy && git tag v1
        cp wide.yaml inject.yaml && sed -i 's/dev/develop/' .github/workflows/ci.yml
        git add . && git commit -qm wide && git tag v2
        sed -i 's/^version.*/version: "2"/; s/^repository: /repositories: /' inject.yaml
        git add . && git commit -qm later && git tag v3
        git checkout -q v2

        """

    static func committed(_ more: String = "") throws -> Workplace {
        let workplace = try workplace()
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin"])
        let result = try shell.run(["-c", commit + more])
        #expect(result.status == 0, "\(result.error)")
        return workplace
    }

    @Test("the jobs are those of the head's own revision")
    func revision() throws {
        let result = try Self.committed("rm -r .github\n").run("diff", "v1", "v2")
        #expect(
            result
                == CommandResult(
                    status: 0,
                    output: """
                        gained  prod/API_KEY
                                by grant prod-deploy, v2:inject.yaml:21
                                event_name is `push`; ref is `refs/heads/*` but not `refs/heads/main`
                                token: event_name=push ref=refs/heads/a
                                jobs: preview (.github/workflows/ci.yml:8), deploy (.github/workflows/ci.yml:10)

                        1 gained, 0 lost

                        """
                )
        )
    }

    @Test("the jobs beside a policy in a subfolder are those of the repository", arguments: [["s1", "s2"], ["s1"]])
    func subfolder(revisions: [String]) throws {
        let more = """
            mkdir s && git show v1:inject.yaml >s/inject.yaml && git add s && git commit -qm s && git tag s1
            cp wide.yaml s/inject.yaml && git add s && git commit -qm t && git tag s2

            """
        let workplace = try Self.committed(more)
        let result = try workplace.inject.run(["diff", "--policy", "s/inject.yaml"] + revisions)
        let jobs = "jobs: preview (.github/workflows/ci.yml:8), deploy (.github/workflows/ci.yml:10)\n"
        #expect(result.output.contains(jobs), "\(result.output)\(result.error)")
    }

    @Test("in a subfolder, the jobs are those of the repository's revision")
    func insideSubfolder() throws {
        let more = """
            mkdir s && git show v1:inject.yaml >s/inject.yaml && git add s && git commit -qm s && git tag s1
            cp wide.yaml s/inject.yaml && git add s && git commit -qm t && git tag s2

            """
        let workplace = try Self.committed(more)
        let bundle = URL(fileURLWithPath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
        let inject = CommandRunner(
            executable: bundle.deletingLastPathComponent().appendingPathComponent("inject"),
            in: workplace.folder.url.appendingPathComponent("s"), environment: ["PATH": "/usr/bin:/bin"])
        let result = try inject.run(["diff", "s1", "s2"])
        let jobs = "jobs: preview (.github/workflows/ci.yml:8), deploy (.github/workflows/ci.yml:10)\n"
        #expect(result.output.contains(jobs), "\(result.output)\(result.error)")
    }

    @Test("a base without a policy gives nobody anything, and a head without one is refused")
    func withoutPolicy() throws {
        let workplace = try Self.committed()
        let first = try workplace.run("diff", "empty", "v1")
        #expect(first.status == 0)
        #expect(first.error == "inject: `empty` has no inject.yaml: everything is gained\n")
        #expect(first.output.hasSuffix("2 gained, 0 lost\n"), "\(first.output)")
        #expect(
            try workplace.run("diff", "v1", "empty")
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[policy-missing]: `empty` has no policy
                          = help: name a later revision

                        """
                )
        )
    }

    @Test("a policy of a later version is said to be one, and nothing else is said of it")
    func laterVersion() throws {
        #expect(
            try Self.committed().run("diff", "v2", "v3")
                == CommandResult(
                    status: 2,
                    error: """
                        error[policy-bad-value]: this program reads version 1 of the policy, and the file says `2`
                         --> v3:inject.yaml:1:10
                          |
                        1 | version: "2"
                          |          ^^^
                          |
                          = help: write `version: "1"`, or use a newer inject

                        """
                )
        )
    }

    @Test("an absolute path is the same file of a revision, and a path outside is refused")
    func absolutePath() throws {
        let workplace = try Self.committed()
        let expected = try workplace.run("diff", "v1", "v2").output
        let path = workplace.folder.path("inject.yaml")
        #expect(try workplace.run("diff", "v1", "v2", "--policy", path).output.hasSuffix("1 gained, 0 lost\n"))
        #expect(
            try workplace.run("diff", "v1", "v2", environment: ["INJECT_POLICY": path]).output
                == expected.replacing("v2:inject.yaml", with: "v2:<folder>/inject.yaml"))
        let outside = try TemporaryFolder()
        let other = try outside.write("inject.yaml", Workplace.policy)
        #expect(
            try workplace.run("diff", "v1", "--policy", other)
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[revision-unreadable]: git cannot say what `v1` has at `\(other)`
                          = help: name a path inside the repository; in a partial clone, fetch what the revision has

                        """
                )
        )
    }

    @Test("what a partial clone cannot fetch is an error, and never an empty base", arguments: ["blob:none", "tree:0"])
    func partialClone(filter: String) throws {
        let clone = """
            git config uploadpack.allowFilter true
            git clone -q --filter=\(filter) --branch v2 "file://$PWD" home/clone 2>/dev/null
            cd home/clone && git config remote.origin.url "file:///nowhere"

            """
        let workplace = try Self.committed(clone)
        let result = try CommandRunner(
            executable: URL(fileURLWithPath: workplace.inject.path),
            in: workplace.folder.url.appendingPathComponent("home/clone"),
            environment: ["PATH": "/usr/bin:/bin"]
        ).run(["diff", "v1"])
        #expect(result.status == 2)
        #expect(result.error.hasPrefix("inject: error[revision-unreadable]: "), "\(result.error)")
    }

    @Test("a shallow clone is told from a slip")
    func shallow() throws {
        let clone = "git clone -q --depth 1 --branch v2 \"file://$PWD\" home/clone 2>/dev/null\n"
        let workplace = try Self.committed(clone)
        let shell = CommandRunner(
            executable: URL(fileURLWithPath: "/bin/sh"), in: workplace.folder.url,
            environment: ["PATH": "/usr/bin:/bin"])
        func diff(_ base: String, in folder: String) throws -> CommandResult {
            try shell.run(["-c", "cd \(folder) && exec \(workplace.inject.path) diff \(base)"])
        }
        #expect(
            try diff("HEAD~1", in: "home/clone")
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[revision-unknown]: `HEAD~1` is neither a file nor a revision
                          = help: the clone is shallow: fetch the revision, or check out with `fetch-depth: 0`

                        """
                )
        )
        #expect(
            try diff("v9", in: ".")
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[revision-unknown]: `v9` is neither a file nor a revision
                          = help: name a file or a revision that `git rev-parse` knows

                        """
                )
        )
        let outside = try TemporaryFolder()
        try outside.write("inject.yaml", Workplace.policy)
        #expect(
            try diff("v1", in: outside.url.path)
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[revision-unknown]: `v1` is no file, and this is no git repository
                          = help: run inject inside the repository, or name two files

                        """
                )
        )
    }

    @Test("a repository that git does not read is told from a folder without one", arguments: [".", ".github"])
    func distrusted(folder: String) throws {
        let workplace = try Self.committed("mkdir -p .github\n")
        let place = workplace.folder.url
        let inject = CommandRunner(
            executable: URL(fileURLWithPath: workplace.inject.path), in: place.appendingPathComponent(folder),
            environment: ["PATH": "/usr/bin:/bin", "HOME": workplace.folder.path("home"), "LC_ALL": "C.UTF-8"])
        // Git's own tests have this in place of a second user.
        let result = try inject.run(
            ["diff", "v1", "--policy", workplace.folder.path("inject.yaml")],
            environment: ["GIT_TEST_ASSUME_DIFFERENT_OWNER": "1"])
        let root = place.resolvingSymlinksInPath().path
        #expect(
            result
                == CommandResult(
                    status: 2,
                    error: """
                        inject: error[revision-unknown]: `v1` is no file, and git does not read the repository `\(root)`
                          = help: where the folder is another user's, as in a container, make git trust it: git config \
                        --global --add safe.directory '\(root)'
                          = help: `git status` says what else it may be

                        """
                )
        )
    }
}
