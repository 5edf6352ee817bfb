import Foundation
import InjectTesting
import Testing

@Suite("The examples")
struct ExamplesTests {
    static let names = [
        "aws-production", "break-glass", "broker", "gitlab-ci", "nx-monorepo", "preview-environments",
        "pull-request-check", "reusable-workflow", "rotation-check", "shop",
    ]

    private static func url(_ name: String) -> URL {
        PackageFolder.root.appendingPathComponent("workflows-examples/\(name)")
    }

    /// Paths of the files of an example that end in `.yml`, relative to it.
    private static func workflows(_ name: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: url(name).path).filter { $0.hasSuffix(".yml") }.sorted()
    }

    private func inject(_ name: String, _ arguments: String...) throws -> CommandResult {
        let path = try CommandRunner(product: "inject", in: TemporaryFolder()).path
        let runner = CommandRunner(executable: URL(fileURLWithPath: path), in: Self.url(name))
        return try runner.run(arguments, environment: ["PATH": "/usr/bin:/bin"])
    }

    @Test("are all of these")
    func all() throws {
        let found = try FileManager.default.contentsOfDirectory(atPath: Self.url(".").path)
        #expect(found.filter { $0 != "README.md" }.sorted() == Self.names)
        let readme = try PackageFolder.text(of: "workflows-examples/README.md")
        #expect(Self.names.allSatisfy { readme.contains("](\($0))") })
    }

    @Test("have policies whose tests hold and in which lint finds nothing", arguments: names)
    func policy(name: String) throws {
        let tests = try inject(name, "test")
        #expect(tests.status == 0 && tests.output.hasSuffix(" passed, 0 failed\n"), "\(tests)")
        let lint = try inject(name, "lint", "--fail-on", "note")
        #expect(lint == CommandResult(status: 0, error: "inject: inject.yaml: no findings\n"))
    }

    @Test("have policies and workflows that fit their schemas")
    func schemas() throws {
        let check = CommandRunner(executable: try Python.program("check-jsonschema"), in: Self.url("."))
        let policies = try check.run(
            ["--schemafile", "../Sources/Policy/inject.schema.json"] + Self.names.map { $0 + "/inject.yaml" })
        #expect(policies.status == 0, "\(policies.output)")
        let files = try Self.names.flatMap { name in try Self.workflows(name).map { "\(name)/\($0)" } }
        for (schema, isOfGitLab) in [("vendor.github-workflows", false), ("vendor.gitlab-ci", true)] {
            let own = files.filter { $0.hasSuffix(".gitlab-ci.yml") == isOfGitLab }
            let result = try check.run(["--builtin-schema", schema] + own)
            #expect(!own.isEmpty && result.status == 0, "\(result.output)")
        }
    }

    @Test("have workflows in which zizmor finds nothing")
    func zizmor() throws {
        let files = try Self.names.filter { $0 != "gitlab-ci" }.flatMap { name in
            try Self.workflows(name).map { "\(name)/\($0)" }
        }
        let zizmor = CommandRunner(executable: try Python.program("zizmor"), in: Self.url("."))
        let result = try zizmor.run(
            ["--offline", "--no-progress", "--persona", "pedantic", "--format", "plain"] + files)
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("grant nothing by default, pin what they use, and use inputs that the actions have", arguments: names)
    func workflows(name: String) throws {
        for file in try Self.workflows(name) where !file.hasPrefix(".gitlab") {
            let text = try String(contentsOf: Self.url(name).appendingPathComponent(file), encoding: .utf8)
            #expect(text.contains("\npermissions: {}"), "\(file)")
            for line in text.split(separator: "\n") where line.contains(/^ *(- )?uses:/) {
                #expect(line.contains(/uses: [\w.\/-]+@[0-9a-f]{40} # v\d/), "\(line)")
            }
            try checkInputs(of: Self.url(name).appendingPathComponent(file))
        }
    }

    private struct UsedAction: Decodable {
        var uses: String
        var with: [String: String]
    }

    private func checkInputs(of file: URL) throws {
        let script = """
            import json, sys, yaml
            jobs = yaml.safe_load(open(sys.argv[1]))["jobs"].values()
            steps = [s for j in jobs for s in j.get("steps", []) if "/inject/action" in s.get("uses", "")]
            print(json.dumps([{"uses": s["uses"], "with": {k: str(v) for k, v in s.get("with", {}).items()}} for s in steps]))
            """
        let used = try JSONDecoder().decode([UsedAction].self, from: Python.run(script, arguments: [file.path]))
        for step in used {
            let folder = step.uses.split(separator: "@")[0].split(separator: "/").dropFirst(2).joined(separator: "/")
            let inputs = try ActionDefinition.read(folder).inputs ?? [:]
            #expect(step.with.keys.allSatisfy { inputs[$0] != nil }, "\(step.with.keys)")
        }
    }
}
