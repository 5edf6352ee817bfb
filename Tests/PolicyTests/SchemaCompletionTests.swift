import Foundation
import InjectTesting
import Policy
import Testing

/// What an editor is offered at a place, found as yaml-language-server finds it: through references, alternatives and keys
/// that the user chose.
struct SchemaCompletion {
    let schema: [String: Any]

    /// The keys offered below a path such as `environments/*/grants/-`.
    func keys(at path: String) -> [String] {
        var parts = [schema]
        for step in path.split(separator: "/") {
            parts = parts.flatMap(resolved).flatMap { part -> [[String: Any]] in
                let properties = part["properties"] as? [String: Any] ?? [:]
                switch step {
                case "-": return [part["items"] as? [String: Any]].compactMap(\.self)
                case "*": return [part["additionalProperties"] as? [String: Any]].compactMap(\.self)
                default:
                    let named = properties[String(step)] as? [String: Any]
                    return [named, part["additionalProperties"] as? [String: Any]].compactMap(\.self)
                }
            }
        }
        return Set(parts.flatMap(resolved).flatMap { ($0["properties"] as? [String: Any] ?? [:]).keys }).sorted()
    }

    /// A part with everything that it refers to or offers a choice of.
    private func resolved(_ part: [String: Any]) -> [[String: Any]] {
        var found = [part]
        if let name = (part["$ref"] as? String)?.split(separator: "/").last,
            let target = (schema["definitions"] as? [String: Any])?[String(name)] as? [String: Any]
        {
            found += resolved(target)
        }
        for key in ["allOf", "anyOf", "oneOf"] {
            found += (part[key] as? [[String: Any]] ?? []).flatMap(resolved)
        }
        return found
    }
}

@Suite("What editors are told")
struct SchemaCompletionTests {
    static let claims = ClaimNames.github

    @Test(
        "at each place every key that the parser accepts is offered, and nothing else",
        arguments: [
            ("", PolicyKeys.file.all), ("defaults", PolicyKeys.defaults.all), ("lint", PolicyKeys.lint.all),
            ("environments/*", PolicyKeys.environment.all), ("environments/*/exchange", PolicyKeys.exchange.all),
            ("environments/*/exchange/aws", PolicyKeys.aws.all), ("environments/*/secrets/*", PolicyKeys.secret.all),
            ("environments/*/secrets/*/file", PolicyKeys.secretFile.all),
            ("environments/*/grants/-", PolicyKeys.grant.all), ("environments/*/grants/-/when", claims),
            ("environments/*/grants/-/when/ref", []), ("deny/-", PolicyKeys.deny.all), ("deny/-/when", claims),
            ("deny/-/when/ref", ["not"]), ("assert/-", PolicyKeys.assertion.all), ("assert/-/never", claims),
            ("assert/-/only", claims), ("assert/-/possible/ref", ["not"]), ("tests/-", PolicyKeys.test.all),
            ("tests/-/token", claims), ("environments", []), ("environments/*/secrets", []), ("lint/ignore", []),
        ]
    )
    func offered(path: String, keys: [String]) throws {
        #expect(SchemaCompletion(schema: try SchemaTests.schema()).keys(at: path) == keys.sorted())
    }

    @Test("every property says what it is and shows what it looks like")
    func described() throws {
        var properties: [(name: String, node: [String: Any])] = []
        func collect(_ value: Any) {
            (value as? [Any])?.forEach(collect)
            guard let map = value as? [String: Any] else { return }
            for (name, node) in map["properties"] as? [String: [String: Any]] ?? [:] { properties.append((name, node)) }
            for (key, value) in map where key != "examples" { collect(value) }
        }
        collect(try SchemaTests.schema())
        #expect(properties.count > 75)
        for (name, node) in properties {
            #expect((node["description"] as? String ?? "").utf8.count > 10, "\(name) has no description")
            #expect((node["examples"] as? [Any])?.isEmpty == false, "\(name) has no examples")
        }
    }

    @Test("every example is one that the schema takes")
    func examples() throws {
        let script = """
            import json, sys
            from jsonschema import Draft7Validator
            schema = json.load(open(sys.argv[1]))
            root = Draft7Validator(schema)
            patterns = root.evolve(schema={"$ref": "#/definitions/patterns"})
            def walk(node, place, isClaims):
                if isinstance(node, list):
                    for number, part in enumerate(node):
                        walk(part, f"{place}/{number}", False)
                if not isinstance(node, dict):
                    return
                for example in node.get("examples", []):
                    judge = patterns if isClaims else root.evolve(schema=node)
                    for error in judge.iter_errors(example):
                        print(place, example, error.message)
                for key, part in node.items():
                    if key == "properties":
                        for name, inner in part.items():
                            walk(inner, f"{place}/{name}", place.endswith("/claims"))
                    elif key != "examples":
                        walk(part, f"{place}/{key}", False)
            walk(schema, "", False)
            """
        let schema = PackageFolder.root.appendingPathComponent("Sources/Policy/inject.schema.json").path
        #expect(String(decoding: try Python.run(script, arguments: [schema]), as: UTF8.self) == "")
    }

    /// Good ones are written as YAML's own types would read them: text is quoted where it looks like something else.
    @Test("check-jsonschema takes good policies and refuses each bad one")
    func samples() throws {
        let good = [
            ExamplePolicy.text, PolicyDraft().text, PolicyDraft(grants: "[]").text,
            PolicyDraft(environment: "exchange: { broker: \"https://b\" }").text,
            PolicyDraft(rest: "deny: [{ id: d, when: { ref: { not: [a, b] } }, read: ci/KEY }]").text,
            PolicyDraft(grants: "- { id: a, when: { repo_property_x: [a, \"b*\"] }, read: [KEY], ttl: 1h }").text,
        ]
        let bad = [
            PolicyDraft(head: "repositry: acme/shop").text, PolicyDraft(environment: "local: true").text,
            PolicyDraft(secrets: "KEY: { form: \"file:key\" }").text, PolicyDraft(secrets: "KEY: file:key").text,
            PolicyDraft(secrets: "KEY: { from: \"vault:key\" }").text,
            PolicyDraft(secrets: "K-Y: { from: \"file:k\" }").text,
            PolicyDraft(grants: "- { id: a, when: { sub: x }, read: KEY }").text,
            PolicyDraft(grants: "- { id: a, when: { ref: { not: a } }, read: KEY }").text,
            PolicyDraft(grants: "- { id: a, when: { ref: \"a?\" }, read: KEY }").text,
            PolicyDraft(grants: "- { id: a, when: { ref: a }, read: KEY, ttl: 1d }").text,
            PolicyDraft(rest: "assert: [{ id: a, never: {}, only: {}, read: ci/KEY }]").text,
            PolicyDraft(rest: "tests: [{ token: {} }]").text, "version: \"2\"\nenvironments: {}\n", "[]\n",
        ]
        let folder = try TemporaryFolder()
        let paths = try (good.map { ("good", $0) } + bad.map { ("bad", $0) }).enumerated().map { number, sample in
            try folder.write("\(sample.0)-\(number).yaml", sample.1)
        }
        let runner = CommandRunner(executable: try Python.program("check-jsonschema"), in: PackageFolder.root)
        let schema = "Sources/Policy/inject.schema.json"
        let result = try runner.run(["--schemafile", schema, "--output-format", "json"] + paths)
        #expect(result.status == 1, "\(result.error)")
        for path in paths {
            let isNamed = result.output.contains("\"filename\": \"\(path)\"")
            #expect(isNamed == path.contains("/bad-"), "\(path)\n\(result.output)")
        }
    }
}
