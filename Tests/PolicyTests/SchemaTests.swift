import Diagnostics
import Foundation
import InjectTesting
import Policy
import Secrets
import Testing

@Suite("The JSON Schema for editors")
struct SchemaTests {
    static func schema() throws -> [String: Any] {
        let text = try PackageFolder.text(of: "Sources/Policy/inject.schema.json")
        return try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }

    /// The part of the schema below these keys.
    static func part(_ path: String) throws -> [String: Any] {
        try path.split(separator: "/").reduce(try schema()) { part, key in
            try #require(part[String(key)] as? [String: Any], "the schema has no \(path)")
        }
    }

    @Test(
        "names the keys the parser knows at each place, and refuses every other",
        arguments: [
            (PolicyKeys.file, ""),
            (PolicyKeys.defaults, "properties/defaults"),
            (PolicyKeys.environment, "definitions/environment"),
            (PolicyKeys.exchange, "definitions/exchange"),
            (PolicyKeys.aws, "definitions/exchange/properties/aws"),
            (PolicyKeys.secret, "definitions/secret"),
            (PolicyKeys.secretFile, "definitions/secret/properties/file"),
            (PolicyKeys.grant, "definitions/grant"),
            (PolicyKeys.deny, "definitions/deny"),
            (PolicyKeys.assertion, "definitions/assertion"),
            (PolicyKeys.test, "definitions/test"),
            (PolicyKeys.lint, "definitions/lint"),
        ]
    )
    func keys(place: PolicyKeys.Place, path: String) throws {
        let part = try Self.part(path)
        let properties = part["properties"] as? [String: Any] ?? [:]
        #expect(properties.keys.sorted() == place.all.sorted())
        #expect((part["required"] as? [String] ?? []).sorted() == place.required.sorted())
        #expect(part["additionalProperties"] as? Bool == false)
    }

    @Test("every place with keys of its own is compared with the parser")
    func everyPlace() throws {
        var closed = 0
        func count(_ value: Any) {
            if let map = value as? [String: Any] {
                closed += map["additionalProperties"] as? Bool == false ? 1 : 0
                map.values.forEach(count)
            }
            (value as? [Any])?.forEach(count)
        }
        count(try Self.schema())
        // The twelve places above, and `{ not: … }`.
        #expect(closed == 13)
    }

    @Test("offers the same stores and refuses the same claims as the parser")
    func lists() throws {
        let from = try Self.part("definitions/secret/properties/from")["pattern"] as? String
        #expect(from == "^(" + SecretReference.schemes.joined(separator: "|") + "):.")
        let refused = try Self.part("definitions/claim/not")["enum"] as? [String] ?? []
        #expect(refused.sorted() == ClaimNames.unmatchable.keys.sorted())
    }

    @Test("offers only categories that the parser takes")
    func categories() throws {
        let categories = try Self.part("definitions/secret/properties/category")["enum"] as? [String] ?? []
        #expect(categories.count == 5)
        for category in categories {
            let draft = PolicyDraft(secrets: "KEY: { from: \"file:key\", category: \(category) }")
            #expect(PolicyDraft.findings(draft.text) == [])
        }
    }

    @Test("is a schema for check-jsonschema, too, which takes the example")
    func checkJSONSchema() throws {
        let runner = CommandRunner(executable: try Python.program("check-jsonschema"), in: PackageFolder.root)
        let schema = "Sources/Policy/inject.schema.json"
        #expect(try runner.run(["--check-metaschema", schema]).status == 0)
        let example = "workflows-examples/shop/inject.yaml"
        #expect(try runner.run(["--schemafile", schema, example]).status == 0)
    }

    // MARK: - The same verdict

    /// Policies the parser takes, one for each form a part can have.
    static let good = [
        ExamplePolicy.text,
        PolicyDraft().text,
        PolicyDraft(grants: "[]").text,
        PolicyDraft(head: "repository: acme/shop\nowners: \"@acme/x\"\ndefaults: {}").text,
        PolicyDraft(head: "issuer: http://127.0.0.1:8080").text,
        PolicyDraft(head: "issuer: http://localhost/x").text,
        PolicyDraft(head: "issuer: gitlab\nrepository: a/b/c").text,
        PolicyDraft(environment: "local: true", secrets: "KEY: { from: \"file:/run/secrets/key\" }").text,
        PolicyDraft(environment: "exchange: { broker: https://b }").text,
        PolicyDraft(environment: "exchange: { broker: https://b, audience: inject }").text,
        PolicyDraft(environment: "exchange: { broker: \"http://[::1]:8080/inject\" }").text,
        PolicyDraft(secrets: "KEY: { from: \"file:k\", env: OTHER, file: { path: a/.b/c..d, mode: 500 } }").text,
        PolicyDraft(secrets: "KEY: { from: \"file:k\", env: false, file: { path: k }, mask: false }").text,
        PolicyDraft(secrets: "KEY: { from: \"aws-sm:a#b?stage=c\" }").text,
        PolicyDraft(grants: "- { id: a, when: { repo_property_x: [a, \"b*\"] }, read: [KEY, KEY], ttl: 1h }").text,
        PolicyDraft(rest: "deny: [{ id: d, read: [\"**\"] }]\nassert: []\ntests: []").text,
        PolicyDraft(rest: "deny: [{ id: d, when: { ref: { not: [a, b] } }, read: ci/KEY }]").text,
        PolicyDraft(rest: "assert: [{ id: s, possible: {}, read: \"ci/*\" }]").text,
        PolicyDraft(rest: "tests: [{ at: \"2026-11-24T02:00:00+01:00\", token: { ref: \"\", sub: x }, allow: ci/KEY }]")
            .text,
    ]

    /// What a schema can see: a key, a kind, a name.
    ///
    /// Whatever compares two places is the parser's alone.
    static let structural = ["policy-unknown-key", "policy-wrong-kind", "policy-bad-name", "policy-negation"]

    @Test("takes what the parser takes")
    func takesTheSame() throws {
        let verdicts = try SchemaValidator.verdicts(on: Self.good)
        #expect(verdicts.count == Self.good.count)
        for (text, verdict) in zip(Self.good, verdicts) {
            #expect(PolicyDraft.findings(text) == [])
            #expect(verdict == nil, "\(text)")
        }
    }

    @Test("refuses the wrong keys, kinds and names that the parser refuses")
    func refusesTheSame() throws {
        let rows = PolicyRefusalTests.all
        let verdicts = try SchemaValidator.verdicts(on: rows.map(\.draft.text))
        #expect(verdicts.count == rows.count)
        for (row, verdict) in zip(rows, verdicts) where Self.structural.contains(where: row.expected.hasPrefix) {
            #expect(verdict != nil, "\(row.expected)")
        }
        #expect(verdicts.count { $0 != nil } > rows.count / 2)
    }

    /// Keys dropped, doubled into lists and emptied at random: where the schema refuses, the parser does too.
    @Test("is never stricter than the parser")
    func neverStricter() throws {
        var random = SeededRandom(seed: 11)
        let lines = ExamplePolicy.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let texts = (0..<400).map { _ in Self.damaged(lines, &random) }.filter { Self.isYAML($0) }
        let verdicts = try SchemaValidator.verdicts(on: texts)
        var (taken, refused) = (0, 0)
        for (text, verdict) in zip(texts, verdicts) {
            let findings = PolicyDraft.findings(text)
            if findings.isEmpty { taken += 1 } else { refused += 1 }
            #expect(!findings.isEmpty || verdict == nil, "\(verdict ?? "")\n\(text)")
            let isStructural = findings.contains { found in Self.structural.contains(where: found.hasPrefix) }
            // Where a test's claim is unknown to GitHub only the parser can tell.
            #expect(!isStructural || verdict != nil, "\(findings)\n\(text)")
        }
        #expect(taken > 20 && refused > 100)
    }

    private static func damaged(_ lines: [String], _ random: inout SeededRandom) -> String {
        var lines = lines
        for _ in 0...random.below(2) {
            let place = random.below(lines.count)
            switch random.below(4) {
            case 0: lines.remove(at: place)
            case 1: lines[place] = lines[place].replacing(": ", with: "x: ", maxReplacements: 1)
            case 2: lines[place] = lines[place].replacing("[", with: "[[").replacing("]", with: "]]")
            default: lines[place] = lines[place].replacing("\"", with: "")
            }
        }
        return lines.joined(separator: "\n")
    }

    private static func isYAML(_ text: String) -> Bool {
        !PolicyDraft.findings(text).contains { $0.hasPrefix("yaml-") }
    }
}
