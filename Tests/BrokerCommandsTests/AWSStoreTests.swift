import Foundation
import InjectTesting
import Testing

@Suite("inject-broker: stores of AWS")
struct AWSStoreTests {
    /// A repository's names in the one server that tests share.
    private let repository = "acme/\(UUID().uuidString.lowercased())"
    private let moto: MotoServer

    init() throws {
        moto = try MotoServer.shared.get()
        try moto.seed(
            """
            for name, value in (("db", '{"url":"postgres://prod"}'), ("other", "second")):
                sm.create_secret(Name="\(repository)/" + name, SecretString=value)
            ssm.put_parameter(Name="/\(repository)/token", Value="from-ssm", Type="SecureString")
            """)
    }

    private func policy(issuer: String) -> String {
        """
        version: "1"
        issuer: "\(issuer)"
        repository: \(repository)
        repository_id: "7"
        environments:
          prod:
            secrets:
              DATABASE_URL: { from: "aws-sm:\(repository)/db#url" }
              OTHER: { from: "aws-sm:\(repository)/other" }
              TOKEN: { from: "aws-ssm:/\(repository)/token" }
            grants:
              - { id: deploy, when: { event_name: push }, read: [DATABASE_URL, OTHER, TOKEN] }
          live:
            protected: "true"
            secrets:
              OTHER: { from: "aws-sm:\(repository)/other" }
            grants:
              - { id: live, when: { event_name: push, environment: live }, read: OTHER }

        """
    }

    private static let keys = [
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "secret"),
    ]

    private func bench(_ variables: [(String, String)] = keys, stores: String = "") throws -> BrokerBench {
        let all = [("AWS_ENDPOINT_URL", moto.url), ("AWS_EC2_METADATA_DISABLED", "true")] + variables
        return try BrokerBench(
            extra: "stores: { aws_region: eu-west-1\(stores) }",
            before: all.map { "export \($0.0)='\($0.1)'" }.joined(separator: "\n"),
            policy: (repository, policy))
    }

    private func fetch(_ bench: BrokerBench, _ environment: String = "prod") async throws -> [String: [String]] {
        let token = try await bench.accessToken(
            claims: [("repository", "\"\(repository)\""), ("environment", "\"\(environment)\"")])
        let answer = try await bench.fetch(token)
        let secrets = try #require(answer["secrets"] as? [[String: Any]], "\(answer) \(bench.broker.logged)")
        let pairs = secrets.map { secret in
            let value = (secret["value_base64"] as? String).flatMap { Data(base64Encoded: $0) } ?? Data()
            return (
                secret["name"] as? String ?? "",
                [String(decoding: value, as: UTF8.self), secret["version"] as? String ?? ""]
            )
        }
        return Dictionary(uniqueKeysWithValues: pairs)
    }

    private func change(_ value: String) throws {
        try moto.seed("sm.put_secret_value(SecretId=\"\(repository)/other\", SecretString=\"\(value)\")")
    }

    @Test("values come with their versions, in the answer and in the log, and never a value in the log")
    func values() async throws {
        let bench = try bench()
        let secrets = try await fetch(bench)
        #expect(secrets["prod/DATABASE_URL"]?.first == "postgres://prod")
        #expect(secrets["prod/OTHER"]?.first == "second")
        #expect(secrets["prod/TOKEN"] == ["from-ssm", "1"])
        let version = try moto.seed("result = sm.get_secret_value(SecretId=\"\(repository)/other\")[\"VersionId\"]")
        #expect(secrets["prod/OTHER"]?.last == version)
        let records = try bench.audit().filter { $0.contains("secret.read") }
        #expect(records.count == 3)
        #expect(
            records.contains {
                $0.contains(#""object":{"environment":"prod","secret":"OTHER","version":"\#(version)"}"#)
            })
        #expect(records.contains { $0.contains(#""object":{"environment":"prod","secret":"TOKEN","version":"1"}"#) })
        #expect(!records.joined().contains("postgres") && !bench.broker.logged.contains("postgres"))
    }

    @Test("a value is kept for its time in usual environments, and fetched anew in protected ones")
    func kept() async throws {
        let bench = try bench()
        #expect(try await fetch(bench)["prod/OTHER"]?.first == "second")
        #expect(try await fetch(bench, "live")["live/OTHER"]?.first == "second")
        try change("third")
        #expect(try await fetch(bench)["prod/OTHER"]?.first == "second")
        #expect(try await fetch(bench, "live")["live/OTHER"]?.first == "third")
    }

    @Test("with a cache of no seconds nothing is kept, and protected environments keep only when they are told to")
    func notKept() async throws {
        let bench = try bench(stores: ", cache: 0s, cache_protected: 60s")
        _ = try await (fetch(bench), fetch(bench, "live"))
        try change("third")
        #expect(try await fetch(bench)["prod/OTHER"]?.first == "third")
        #expect(try await fetch(bench, "live")["live/OTHER"]?.first == "second")
    }

    @Test("the broker's credentials come from where AWS's own tools find theirs", arguments: Place.allCases)
    func credentials(place: Place) async throws {
        let session = """
            {"Code":"Success","AccessKeyId":"ASIAX","SecretAccessKey":"s","Token":"t","Expiration":"2035-01-01T00:00:00Z"}
            """
        let server = try LoopbackServer { request in
            switch request.path {
            case "/latest/api/token": request.method == "PUT" ? .text("imds") : .text("", status: 405)
            case _ where request.path.hasPrefix("/latest") && request.header("x-aws-ec2-metadata-token") != "imds":
                .text("", status: 401)
            case "/latest/meta-data/iam/security-credentials/": .text("broker")
            default: .text(session)
            }
        }
        let folder = try TemporaryFolder()
        let token = try folder.write("token", "e30.e30.c2ln")
        let variables: [(String, String)] =
            switch place {
            case .variables: Self.keys
            case .webIdentity:
                [("AWS_WEB_IDENTITY_TOKEN_FILE", token), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/broker")]
            case .container: [("AWS_CONTAINER_CREDENTIALS_FULL_URI", server.url + "/credentials")]
            case .machine:
                [("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.url), ("AWS_EC2_METADATA_DISABLED", "false")]
            }
        #expect(try await fetch(bench(variables))["prod/OTHER"]?.first == "second")
        #expect(server.requests.isEmpty == (place == .variables || place == .webIdentity))
    }

    enum Place: CaseIterable {
        case variables
        case webIdentity
        case container
        case machine
    }

    @Test("a secret that is not there, or no credentials, gives nothing of the others, and the log says why")
    func missing() async throws {
        let none = try bench([])
        let token = try await none.accessToken(claims: [("repository", "\"\(repository)\"")])
        #expect(try await none.fetch(token).status == 503)
        #expect(try none.events().last == "secret.read error aws-credentials-missing")
        try moto.seed("sm.delete_secret(SecretId=\"\(repository)/db\", ForceDeleteWithoutRecovery=True)")
        let bench = try bench()
        let other = try await bench.accessToken(claims: [("repository", "\"\(repository)\"")])
        let answer = try await bench.fetch(other)
        #expect(answer.status == 503 && !answer.body.contains("second"))
        #expect(try bench.events().last == "secret.read error secret-missing")
    }
}
