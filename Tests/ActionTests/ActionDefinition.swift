import Foundation
import InjectTesting

/// An `action.yml`, as far as the actions here use it.
struct ActionDefinition: Decodable {
    struct Input: Decodable {
        var description: String
        var `default`: String?
    }

    struct Output: Decodable {
        var value: String
    }

    struct Step: Decodable {
        var id: String?
        var condition: String?
        var shell: String?
        var run: String?
        var uses: String?
        var folder: String?
        var env: [String: String]?
        var with: [String: String]?

        private enum CodingKeys: String, CodingKey {
            case id, shell, run, uses, env, with
            case condition = "if"
            case folder = "working-directory"
        }
    }

    struct Runs: Decodable {
        var using: String
        var steps: [Step]?
        var main: String?
        var post: String?
    }

    var inputs: [String: Input]?
    var outputs: [String: Output]?
    var runs: Runs

    /// Reads the one of a folder of the checkout, by another reader of YAML than our own.
    static func read(_ folder: String) throws -> ActionDefinition {
        let path = PackageFolder.root.appendingPathComponent(folder).appendingPathComponent("action.yml").path
        let script = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))"
        return try JSONDecoder().decode(ActionDefinition.self, from: Python.run(script, arguments: [path]))
    }
}
