import Foundation
import InjectTesting
import PolicyLint
import Testing

@Suite("E02 dotenv-tracked")
struct DotenvTrackedTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(rest: dev, files: [".gitignore": "node_modules\n"]), "dotenv-tracked «KEY»"),
        (LintDraft(rest: dev, files: [".gitignore": ".env*\n!.env.local\n"]), "dotenv-tracked «KEY»"),
        (LintDraft(rest: dev, files: [".gitignore": "sub/.env.local\n"]), "dotenv-tracked «KEY»"),
        (
            LintDraft(rest: dev, files: [".gitignore": ".env.local"], gitIndex: index([".env.local"])),
            "dotenv-tracked «KEY»"
        ),
        (LintDraft(rest: dev, gitIndex: index(["README.md", "a/.env.local"])), "dotenv-tracked «KEY»"),
        (LintDraft(rest: dev, path: "a/inject.yaml", gitIndex: index(["a/.env.local"])), "dotenv-tracked «KEY»"),
        (LintDraft(rest: dev, path: "a/inject.yaml", files: [".gitignore": "/.env.local"]), "dotenv-tracked «KEY»"),
    ]

    static let good: [LintDraft] = [
        LintDraft(rest: dev, path: "a/inject.yaml", files: [".gitignore": "/a/.env.local"]),
        LintDraft(rest: dev, path: "a/inject.yaml", files: ["a/.gitignore": "/.env.local"], gitIndex: []),
        LintDraft(),
        LintDraft(rest: dev),
        LintDraft(rest: dev, files: [".gitignore": ".env.local\n"]),
        LintDraft(rest: dev, files: [".gitignore": ".env*\n"]),
        LintDraft(rest: dev, files: [".gitignore": "/.env.local"]),
        LintDraft(rest: dev, files: [".gitignore": "*.local # \n*.local\n"]),
        LintDraft(rest: dev, files: [".gitignore": "**/.env.?ocal\n"]),
        LintDraft(
            rest: dev, files: [".gitignore": ".env.local"],
            gitIndex: index(["README.md", "x/.env.local", ".env.local.example"])),
        LintDraft(rest: dev, files: [".gitignore": ".env.local"], gitIndex: Array("DIRCnonsense".utf8)),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: DotenvTracked()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: DotenvTracked()).isEmpty)
    }

    private static let dev = """
          dev:
            local: "true"
            secrets: { KEY: { from: "dotenv:.env.local" }, URL: { from: "dotenv:.env.local#SHOP_URL" } }
            grants: [{ id: l, when: { event_name: local }, read: [KEY, URL] }]
        """

    /// A git index of version 2 with these paths.
    private static func index(_ paths: [String]) -> [UInt8] {
        var bytes = Array("DIRC".utf8) + [0, 0, 0, 2, 0, 0, 0, UInt8(paths.count)]
        for path in paths {
            let entry = [UInt8](repeating: 7, count: 60) + [0, UInt8(path.utf8.count)] + Array(path.utf8)
            bytes += entry + [UInt8](repeating: 0, count: 8 - entry.count % 8)
        }
        return bytes + [UInt8](repeating: 9, count: 20)
    }

    @Test("an index as git writes it is read, in each of its versions", arguments: ["2", "4"])
    func git(version: String) throws {
        let folder = try TemporaryFolder()
        for name in ["a.txt", ".env.local", ".env.production", "sub/long-name-of-a-file.txt"] {
            try folder.write(name, "x")
        }
        let git = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/git"), in: folder.url)
        _ = try git.run(["init", "-q"])
        _ = try git.run(["config", "index.version", version])
        _ = try git.run(["add", "."])
        let index = [UInt8](try Data(contentsOf: folder.url.appendingPathComponent(".git/index")))
        #expect(LintDraft(rest: Self.dev, gitIndex: index).findings(of: DotenvTracked()) == ["dotenv-tracked «KEY»"])
        _ = try git.run(["rm", "-q", "--cached", ".env.local"])
        let rest = [UInt8](try Data(contentsOf: folder.url.appendingPathComponent(".git/index")))
        let draft = LintDraft(rest: Self.dev, files: [".gitignore": ".env.local"], gitIndex: rest)
        #expect(draft.findings(of: DotenvTracked()).isEmpty)
    }
}
