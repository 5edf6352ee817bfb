import Foundation
import InjectTesting

/// An independent judge: Python's `jsonschema` over what PyYAML reads, every scalar as text.
enum SchemaValidator {
    /// There is no Python with the two packages; said loudly, because a skipped comparison proves nothing.
    struct Absent: Error, CustomStringConvertible {
        let description: String
    }

    /// For each policy, what the schema has against it; nil for nothing.
    static func verdicts(on policies: [String]) throws -> [String?] {
        let runner = CommandRunner(executable: URL(fileURLWithPath: try python()), in: PackageFolder.root)
        let schema = PackageFolder.root.appendingPathComponent("Sources/Policy/inject.schema.json").path
        let input = try JSONSerialization.data(withJSONObject: policies)
        let result = try runner.run(["-c", script, schema], input: Array(input))
        guard result.status == 0 else { throw Absent(description: "the schema's judge failed:\n\(result.error)") }
        let lines = result.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
        return lines.map { $0.isEmpty ? nil : String($0) }
    }

    private static func python() throws -> String {
        let named = ProcessInfo.processInfo.environment["INJECT_PYTHON"]
        let path = named ?? PackageFolder.root.appendingPathComponent(".venv/bin/python").path
        guard FileManager.default.isExecutableFile(atPath: path) else {
            let help = "python3 -m venv .venv && .venv/bin/pip install jsonschema PyYAML, or set INJECT_PYTHON"
            throw Absent(description: "no Python at \(path): \(help)")
        }
        return path
    }

    private static let script = """
        import json, sys, yaml
        from jsonschema import Draft7Validator
        with open(sys.argv[1]) as file:
            schema = json.load(file)
        Draft7Validator.check_schema(schema)
        validator = Draft7Validator(schema)
        for text in json.load(sys.stdin):
            errors = sorted(error.json_path for error in validator.iter_errors(yaml.load(text, yaml.BaseLoader)))
            print(" ".join(errors))
        """
}
