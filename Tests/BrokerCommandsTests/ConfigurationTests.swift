import Foundation
import InjectTesting
import Testing

@Suite("inject-broker check")
struct ConfigurationTests {
    private static let good = """
        version: "1"
        listen: 127.0.0.1:8443
        url: https://broker.example
        issuers: [github, "https://issuer.example"]
        policies: { folder: policies }
        state: { memory: "true" }
        audit: { file: audit.jsonl }

        """

    private static func check(_ text: String) throws -> CommandResult {
        let folder = try TemporaryFolder()
        try folder.write("broker.yaml", text)
        try folder.write("policies/acme/shop/inject.yaml", BrokerBench.policy(issuer: "https://issuer.example"))
        return try CommandRunner(product: "inject-broker", in: folder).run(["check", "--config", "broker.yaml"])
    }

    @Test("a good configuration is good, and nothing is written")
    func good() throws {
        let folder = try TemporaryFolder()
        try folder.write("broker.yaml", Self.good)
        try folder.write("policies/acme/shop/inject.yaml", BrokerBench.policy(issuer: "https://issuer.example"))
        let before = try folder.contents()
        let result = try CommandRunner(product: "inject-broker", in: folder).run(["check", "--config", "broker.yaml"])
        #expect(
            result == CommandResult(status: 0, output: "1 policies, 6 secrets; the configuration is good\n"))
        #expect(try folder.contents() == before)
    }

    @Test("without libcurl what to install is said, and no address is called bad", arguments: ["check", "serve"])
    func withoutLibrary(command: String) throws {
        let folder = try TemporaryFolder()
        try folder.write("broker.yaml", Self.good)
        try folder.write("libraries/libcurl.so.4", "no library")
        let libraries = folder.path("libraries")
        let broker = try CommandRunner(product: "inject-broker", in: folder)
        #expect(
            try broker.run([command, "--config", "broker.yaml"], environment: ["LD_LIBRARY_PATH": libraries])
                == CommandResult(
                    status: 2,
                    error: """
                        inject-broker: error[library-missing]: libcurl cannot be loaded: \(libraries)/libcurl.so.4: file too short
                          = help: install it: apt-get install libcurl4, or libcurl4t64 from Debian 13 and Ubuntu 24.04 on

                        """
                )
        )
    }

    @Test("every mistake is said at once, each with its line")
    func everything() throws {
        let text = Self.good.replacing("listen: 127.0.0.1:8443", with: "listen: nowhere\nlisten_port: \"1\"")
            .replacing("{ memory: \"true\" }", with: "{}")
        let result = try Self.check(text)
        #expect(result.status == 2)
        #expect(
            result.error == """
                error[broker-configuration]: the configuration has no key `listen_port`
                 --> broker.yaml:3:1
                  |
                3 | listen_port: "1"
                  | ^^^^^^^^^^^
                  |
                  = help: the keys are \(Self.keys)
                error[broker-configuration]: `listen` is `nowhere`
                 --> broker.yaml:2:9
                  |
                2 | listen: nowhere
                  |         ^^^^^^^
                  |
                  = help: write HOST:PORT, such as 0.0.0.0:8443
                error[broker-configuration]: `state` is in one place
                 --> broker.yaml:7:8
                  |
                7 | state: {}
                  |        ^^
                  |
                  = help: write `sqlite: FILE`, `postgres: ADDRESS`, or `memory: "true"` to try it

                """)
    }

    @Test("an issuer that could never be asked is said, with what was meant")
    func issuers() throws {
        let text = Self.good.replacing(
            "[github, \"https://issuer.example\"]", with: "[githb, \"http://localhost:8080\"]")
        #expect(
            try Self.check(text).error == """
                error[broker-configuration]: `issuers` has `githb`
                 --> broker.yaml:4:11
                  |
                4 | issuers: [githb, "http://localhost:8080"]
                  |           ^^^^^
                  |
                  = help: did you mean `github`? write `github`, `gitlab`, or the https:// URL that stands in the tokens' `iss`
                error[broker-configuration]: `issuers` has `http://localhost:8080`
                 --> broker.yaml:4:18
                  |
                4 | issuers: [githb, "http://localhost:8080"]
                  |                  ^^^^^^^^^^^^^^^^^^^^^^^
                  |
                  = help: one of this machine needs `trust_local_issuer: "true"`

                """)
        #expect(try Self.check(text.replacing("githb", with: "github") + "trust_local_issuer: \"true\"\n").status == 0)
    }

    private static let keys =
        "`version`, `node`, `listen`, `url`, `audience`, `behind_proxy`, `tls`, `issuers`, `algorithms`, `trust_local_issuer`, "
        + "`policies`, `state`, `audit`, `stores`, `tokens`, `administrators`, `limits`, `metrics`, `alerts`, `reload`, `emf`, `log_level`"

    /// Lines that are wrong, put behind a good configuration.
    static let bad = [
        "tls: { certificate: x }", "tokens: { max_ttl: 2h }", "tokens: { max_ttl: fast }",
        "limits: { failures: \"-1\" }",
        "metrics: \"9464\"", "log_level: loud", "behind_proxy: \"yes\"", "unknown: x", "alerts: { mail: x }",
        "stores: { vault: x }", "stores: { kms_keys: \"arn:aws:kms:eu-west-1:1:key/x\" }",
        "stores: { aws_region: eu-west-1, kms_keys: [] }", "stores: { aws_region: eu-west-1, kms_keys: alias/x }",
        "stores: { cache: 60s }", "stores: { aws_region: eu-west-1, aws_names: [] }",
        "reload: soon", "algorithms: [HS256]", "algorithms: []",
        "emf: never", "administrators: {}", "administrators: ops", "administrators: { ops: secret }",
        "administrators: { \"a b\": \"\(String(repeating: "0", count: 64))\" }",
        "administrators: { ops: \"\(String(repeating: "0", count: 63))\" }",
        "alerts: { webhook: \"http://example.com\" }", "alerts: { webhook: ftp://x }",
        "stores: { aws_region: eu-west-1, cache: \"60\" }", "node: { a: b }",
        "alerts: { webhook: \"http://localhost.evil.com/x\" }", "alerts: { webhook: \"https://\" }",
        "algorithms: [RS256, [ES256]]", "stores: { aws_region: eu-west-1, aws_names: [a/, { b: c }] }",
    ]

    /// Lines in the place of those of a good configuration.
    static let badPlaces = [
        ("url: https://broker.example", "url: https://"), ("url: https://broker.example", "url: http://broker.example"),
        ("url: https://broker.example", "url: http://127.0.0.1.evil.com"),
        ("url: https://broker.example", "url: https://broker.example/?x"),
        ("url: https://broker.example", "url: https://user@broker.example"),
        ("\"https://issuer.example\"", "githb"), ("\"https://issuer.example\"", "\"http://issuer.example\""),
        ("\"https://issuer.example\"", "[gitlab]"), ("\"https://issuer.example\"", "{ a: b }"),
        ("\"https://issuer.example\"", "\"\""),
    ]

    @Test("the program and the schema refuse the same configurations, and take the one that is packaged")
    func schema() throws {
        let script = """
            import json, sys, yaml
            from jsonschema import Draft7Validator
            schema = json.load(open(sys.argv[1]))
            Draft7Validator.check_schema(schema)
            for text in json.load(sys.stdin):
                print("good" if Draft7Validator(schema).is_valid(yaml.load(text, yaml.BaseLoader)) else "bad")
            """
        let packaged = try PackageFolder.text(of: "packaging/broker.yaml")
        let bad =
            Self.bad.map { Self.good + $0 + "\n" } + Self.badPlaces.map { Self.good.replacing($0.0, with: $0.1) }
        let texts = [Self.good, packaged] + bad
        let path = PackageFolder.root.appendingPathComponent("Sources/BrokerCommands/broker.schema.json").path
        let input = try JSONSerialization.data(withJSONObject: texts)
        let verdicts = String(decoding: try Python.run(script, arguments: [path], input: input), as: UTF8.self)
            .split(separator: "\n")
        // A duration of two hours has the form of one; only the program knows that it is too long.
        #expect(verdicts == ["good", "good"] + bad.map { $0.contains("2h") ? "good" : "bad" })
        for text in bad { #expect(try Self.check(text).status == 2, "\(text)") }
        // What is packaged fails for its files alone, which are not here.
        #expect(try Self.check(packaged).error.contains("the certificate `/run/credentials"))
    }

    @Test("the version is that of the changelog")
    func version() throws {
        let folder = try TemporaryFolder()
        let result = try CommandRunner(product: "inject-broker", in: folder).run(["--version"])
        let newest = try PackageFolder.text(of: "CHANGELOG.md").split(separator: "\n").first { $0.hasPrefix("## ") }
        #expect(result.output == "inject-broker \(try #require(newest).dropFirst(3).prefix { $0 != " " })\n")
    }
}
