import Foundation
import InjectTesting
import Testing

@Suite("inject-broker: encrypted files whose data key KMS wraps")
struct KMSStoreTests {
    private static let developer = ["AWS_ACCESS_KEY_ID": "seed", "AWS_SECRET_ACCESS_KEY": "seed"]

    private let moto: MotoServer
    private let key: String
    private let bench: BrokerBench

    init() throws {
        moto = try MotoServer.shared.get()
        key = try moto.seed("result = kms.create_key()['KeyMetadata']['Arn']")
        let variables = [("AWS_ENDPOINT_URL", moto.url), ("AWS_EC2_METADATA_DISABLED", "true")]
        bench = try BrokerBench(
            extra: "stores: { aws_region: eu-west-1, kms_keys: \"\(key)\" }",
            before: (variables + Self.developer.map { ($0.key, $0.value) }).map { "export \($0.0)='\($0.1)'" }
                .joined(separator: "\n"),
            policy: ("acme/shop", Self.policy))
    }

    private static func policy(issuer: String) -> String {
        """
        version: "1"
        issuer: "\(issuer)"
        repository: acme/shop
        environments:
          prod:
            secrets:
              API_KEY: { from: "encrypted:secrets.yaml#API_KEY" }
            grants:
              - { id: deploy, when: { event_name: push }, read: API_KEY }

        """
    }

    /// Has inject's own program encrypt a value beside the policy.
    private func encrypt(_ value: String, for key: String, _ more: String...) throws {
        let inject = try CommandRunner(
            product: "inject", in: bench.folder,
            environment: Self.developer.merging([
                "PATH": "/usr/bin:/bin", "HOME": bench.folder.path("home"), "AWS_ENDPOINT_URL": moto.url,
            ]) { $1 })
        let file = "policies/acme/shop/secrets.yaml"
        let result = try inject.run(
            ["secrets", "set", "API_KEY", "--file", file, "--recipient", key] + more, input: Array(value.utf8))
        try #require(result.status == 0, "\(result.error)")
    }

    @Test("a file that was encrypted for the repository is opened with the broker's credentials")
    func own() async throws {
        try encrypt("sk_live_4242", for: key, "--encryption-context", "repository=acme/shop")
        let answer = try await bench.fetch(bench.accessToken())
        #expect(answer.status == 200, "\(answer) \(bench.broker.logged)")
        #expect(answer.body.contains(Data("sk_live_4242".utf8).base64EncodedString()))
        #expect(!bench.broker.logged.contains("sk_live"))
    }

    @Test(
        "a copy of another repository's file, or one that is for nobody, is not opened",
        arguments: [["--encryption-context", "repository=acme/other"], ["--encryption-context", "for=acme/shop"], []])
    func others(context: [String]) async throws {
        switch context.count {
        case 0: try encrypt("sk_live_4242", for: key)
        default: try encrypt("sk_live_4242", for: key, context[0], context[1])
        }
        let answer = try await bench.fetch(bench.accessToken())
        #expect(answer.status == 503 && !answer.body.contains("acme/other"))
        #expect(try bench.events().last == "secret.read error encrypted-file-locked")
    }

    @Test("nor one whose context was changed to name the repository: KMS refuses what it was not told before")
    func changed() async throws {
        try encrypt("sk_live_4242", for: key, "--encryption-context", "repository=acme/other")
        let path = bench.folder.path("policies/acme/shop/secrets.yaml")
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try #require(text.contains("acme/other"))
        try text.replacingOccurrences(of: "acme/other", with: "acme/shop")
            .write(toFile: path, atomically: true, encoding: .utf8)
        let answer = try await bench.fetch(bench.accessToken())
        #expect(answer.status == 503)
        #expect(try bench.events().last == "secret.read error encrypted-file-locked")
    }

    @Test("nor one for a key that the broker was not given, though its credentials would do")
    func foreignKey() async throws {
        let other = try moto.seed("result = kms.create_key()['KeyMetadata']['Arn']")
        try encrypt("sk_live_4242", for: other, "--encryption-context", "repository=acme/shop")
        let answer = try await bench.fetch(bench.accessToken())
        #expect(answer.status == 503)
        #expect(try bench.events().last == "secret.read error encrypted-file-locked")
    }
}
