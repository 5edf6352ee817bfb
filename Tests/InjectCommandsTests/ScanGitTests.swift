import Foundation
import InjectTesting
import Testing

@Suite("inject scan --git")
struct ScanGitTests {
    /// A repository, of the commands that make it.
    private static func workplace(_ script: String) throws -> Workplace {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"PASSWORD":"hunter2-hunter2"}"#)
        let program = """
            import os, subprocess, sys
            os.chdir(sys.argv[1])
            os.mkdir("repo")
            date = "2026-01-01T00:00:00Z"
            names = {"GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "a",
                     "GIT_COMMITTER_EMAIL": "a@b", "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
            subprocess.run(["sh", "-e", "-c", sys.argv[2]], cwd="repo", check=True, env={**os.environ, **names,
                           "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}, stdout=sys.stderr)
            """
        _ = try Python.run(program, arguments: [workplace.folder.path(""), "git init -q -b main .; " + script])
        return workplace
    }

    private static func scan(_ workplace: Workplace, _ folder: String = "repo") throws -> CommandResult {
        try workplace.run("scan", "--values", "values.json", "--git", folder)
    }

    @Test("finds what a later commit removed, with the path it had")
    func removed() throws {
        let workplace = try Self.workplace(
            """
            mkdir conf; printf 'x\\nhunter2-hunter2\\n' >conf/app.env
            git add .; git commit -qm one; git rm -q conf/app.env; git commit -qm two
            """)
        #expect(
            try Self.scan(workplace)
                == CommandResult(
                    status: 1,
                    output:
                        "git:52a2f2d6db9c086d7a7a916970c61b1dbc48bdeb:conf/app.env:2: PASSWORD once, first as literal\n"
                )
        )
    }

    @Test("finds messages of commits, blobs of no commit and members of archives")
    func others() throws {
        let workplace = try Self.workplace(
            """
            printf 'hunter2-hunter2' | gzip -n >a.gz
            git add .; git commit -qm 'is hunter2-hunter2'; printf 'lost hunter2-hunter2' | git hash-object -w --stdin
            """)
        let result = try Self.scan(workplace)
        let lines = result.output.split(separator: "\n").map { $0.drop { $0 != ":" }.dropFirst(42) }.sorted()
        #expect(
            lines == [
                "(blob):1: PASSWORD once, first as literal", "(commit):5: PASSWORD once, first as literal",
                "a.gz:1: PASSWORD once, first as literal",
            ])
        #expect(result.status == 1)
    }

    @Test("a clean repository and an empty one are clean", arguments: ["", "echo x >a; git add .; git commit -qm one"])
    func clean(script: String) throws {
        #expect(try Self.scan(Self.workplace(script)) == CommandResult(status: 0, output: ""))
    }

    @Test(
        "a repository that lacks objects is not clean, and what is found in the others is told",
        arguments: [
            // A loose object, the index of a pack, and what another repository lent.
            ("rm .git/objects/ce/013625030ba8dba906f756967f9e9ca394464a", "lacks 1 of the objects it should have"),
            ("git gc -q; rm .git/objects/pack/*.idx", "cannot be read to its end"),
            (
                "mv .git/objects ..; mkdir -p .git/objects/info; echo /nowhere >.git/objects/info/alternates",
                "cannot be read to its end"
            ),
        ]
    )
    func missing(script: String, problem: String) throws {
        let workplace = try Self.workplace(
            "echo hello >a; git add a; git commit -qm one; \(script); printf hunter2-hunter2 | git hash-object -w --stdin"
        )
        #expect(
            try Self.scan(workplace)
                == CommandResult(
                    status: 2,
                    output:
                        "git:48cd02c0a4c343cffec949ce5a9cf73b7ff9b9c6:(blob):1: PASSWORD once, first as literal\n",
                    error: """
                        inject: error[scan-unreadable]: the git repository `repo` \(problem)
                          = help: `git -C repo fsck` says what is wrong with it

                        """
                )
        )
    }

    @Test("a partial clone is said to be one, and nothing is fetched for it")
    func partial() throws {
        let workplace = try Self.workplace(
            """
            echo hello >a; git add a; git commit -qm one; git config uploadpack.allowFilter true
            git clone -q --no-checkout --filter=blob:none "file://$PWD" ../part
            git -C ../part config core.sshCommand 'touch ../ran'; git -C ../part remote set-url origin ssh://git@host/x
            """)
        let result = CommandResult(
            status: 0, output: "",
            error: "inject: not looked into: git:part: it is a partial clone that lacks 1 of its objects\n")
        #expect(try Self.scan(workplace, "part") == result)
        #expect(try !workplace.folder.contents().contains("ran"))
    }

    @Test("a shallow clone is said to be one")
    func shallow() throws {
        let workplace = try Self.workplace(
            """
            echo hello >a; git add a; git commit -qm one; git commit -qm two --allow-empty
            git clone -q --depth 1 "file://$PWD" ../part
            """)
        let remark = "inject: not looked into: git:part: it is a shallow clone, and older commits are not here\n"
        #expect(try Self.scan(workplace, "part") == CommandResult(status: 0, output: "", error: remark))
    }

    @Test("the folder's repository is searched, whatever the variables say")
    func variables() throws {
        let workplace = try Self.workplace(
            "printf hunter2-hunter2 >a; git add a; git commit -qm one; git init -q ../empty")
        let empty = workplace.folder.path("empty/.git")
        let result = try workplace.run(
            "scan", "--values", "values.json", "--git", "repo",
            environment: ["GIT_DIR": empty, "GIT_OBJECT_DIRECTORY": empty + "/objects", "GIT_COMMON_DIR": empty])
        #expect(result.status == 1 && result.error.isEmpty)
        #expect(result.output.hasSuffix(":a:1: PASSWORD once, first as literal\n"))
    }

    @Test("bytes of a path that are no text are shown as such")
    func bytes() throws {
        let workplace = try Self.workplace(
            #"printf hunter2-hunter2 >"$(printf 'a\377\033')"; git add .; git commit -qm one"#)
        let result = try Self.scan(workplace)
        #expect(result.output.hasSuffix(#":a\xFF\x1B:1: PASSWORD once, first as literal"# + "\n"))
    }

    @Test("what is no repository is said")
    func none() throws {
        let workplace = try Workplace(policy: nil)
        try workplace.folder.write("values.json", #"{"PASSWORD":"hunter2-hunter2"}"#)
        #expect(
            try Self.scan(workplace)
                == CommandResult(
                    status: 2, output: "",
                    error: """
                        inject: error[scan-unreadable]: the git repository `repo` cannot be read to its end
                          = help: `git -C repo fsck` says what is wrong with it

                        """
                )
        )
    }
}
