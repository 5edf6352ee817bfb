import Audit
import Foundation
import HTTPTransport
import InjectTesting
import JOSE
import OpenSSLCrypto
import Secrets
import Synchronization

/// A folder with policies and a configuration, an issuer with real keys, and the real broker.
final class BrokerBench: Sendable {
    /// RSA keys take long to make; the tests share one issuer.
    static let issuer = Result { try FakeIssuer(likeGitHub: true) }
    static let value = "hunter2-hunter2-prod"

    let folder: TemporaryFolder
    let issuer: FakeIssuer
    let client = CurlClient()
    private let current: Mutex<BrokerProcess>

    /// The broker that runs now.
    var broker: BrokerProcess { current.withLock { $0 } }

    static func policy(issuer: String, ref: String = "refs/heads/main") -> String {
        """
        version: "1"
        issuer: "\(issuer)"
        repository: acme/shop
        environments:
          prod:
            secrets:
              API_KEY: { from: "file:api_key" }
              TLS_KEY:
                from: "file:tls_key"
                env: "false"
                file: { path: tls/server.key }
            grants:
              - id: deploy
                when: { event_name: push, ref: \(ref) }
                read: [API_KEY, TLS_KEY]
                ttl: 2m
          staging:
            secrets:
              API_KEY: { from: "file:staging_key" }
            grants:
              - id: stage
                when: { event_name: push }
                read: API_KEY
          broken:
            secrets:
              GONE: { from: "file:gone" }
              THERE: { from: "file:api_key" }
            grants:
              - id: broken
                when: { event_name: broken }
                read: [GONE, THERE]
          emergency:
            secrets:
              API_KEY: { from: "file:api_key" }
            grants:
              - id: incident-7
                when: { event_name: workflow_dispatch, environment: emergency }
                read: API_KEY
                reason: the shop is down
                not_before: "\(Date(timeIntervalSince1970: Double(start - 60)).formatted(.iso8601))"
                expires: "\(Date(timeIntervalSince1970: Double(start + 7200)).formatted(.iso8601))"

        """
    }

    init(
        state: String? = nil,
        extra: String = "",
        url: String = "http://127.0.0.1",
        before commands: String = "",
        issuerName: String? = nil,
        baseline: String? = nil,
        audit: String = "",
        policy: (repository: String, text: (_ issuer: String) -> String) = (
            "acme/shop", { BrokerBench.policy(issuer: $0) }
        )
    ) throws {
        folder = try TemporaryFolder()
        issuer = try Self.issuer.get()
        let name = issuerName ?? issuer.url
        try folder.write("policies/\(policy.repository)/inject.yaml", policy.text(name))
        try folder.write("policies/acme/shop/api_key", Self.value + "\n")
        try folder.write("policies/acme/shop/tls_key", [0, 255, 10, 34, 92])
        try folder.write("policies/acme/shop/staging_key", "staging-value")
        let openssl = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: folder.url)
        _ = try openssl.run(["genpkey", "-algorithm", "ed25519", "-out", "audit.pem"])
        try folder.write(
            "broker.yaml",
            """
            version: "1"
            listen: 127.0.0.1:0
            url: \(url)
            issuers: "\(name)"
            trust_local_issuer: "true"
            policies: { folder: policies\(baseline.map { ", baseline: \($0)" } ?? "") }
            state: \(state ?? #"{ sqlite: state.db }"#)
            audit: { file: audit.jsonl, key: audit.pem\(audit) }
            \(extra)

            """
        )
        current = Mutex(try BrokerProcess(config: "broker.yaml", in: folder, before: commands))
    }

    /// Ends the broker, and starts another on the same folder.
    func restart(with number: Int32 = SIGTERM) throws {
        _ = broker.stop(number)
        let next = try BrokerProcess(config: "broker.yaml", in: folder)
        current.withLock { $0 = next }
    }

    // MARK: - Jobs' tokens

    /// When the tests began: policies of two folders are the same text.
    static let start = now

    static var now: Int64 { Int64(Date().timeIntervalSince1970) }

    /// A good payload with some members replaced by raw JSON, or left out where there is none.
    func payload(_ changes: [(String, String?)] = []) -> [UInt8] {
        var members = [
            ("iss", "\"\(issuer.url)\""), ("aud", #""http://127.0.0.1""#),
            ("sub", #""repo:acme/shop:ref:refs/heads/main""#),
            ("jti", "\"\(UUID().uuidString)\""), ("iat", "\(Self.now - 5)"), ("nbf", "\(Self.now - 5)"),
            ("exp", "\(Self.now + 295)"), ("repository", #""acme/shop""#), ("repository_id", #""7""#),
            ("event_name", #""push""#), ("ref", #""refs/heads/main""#), ("run_id", #""99""#),
            ("environment", #""prod""#), ("workflow_ref", #""acme/shop/.github/workflows/x.yml@refs/heads/main""#),
        ]
        for (name, value) in changes {
            members.removeAll { $0.0 == name }
            if let value { members.append((name, value)) }
        }
        return Array(("{" + members.map { #""\#($0.0)":\#($0.1)"# }.joined(separator: ",") + "}").utf8)
    }

    func token(_ changes: [(String, String?)] = []) throws -> String {
        try issuer.signer.sign(payload: payload(changes)).exposedText
    }

    // MARK: - Requests

    struct Answer: Equatable {
        let status: Int
        let body: String

        /// A member of the body's JSON.
        subscript(_ name: String) -> Any? {
            ((try? JSONSerialization.jsonObject(with: Data(body.utf8))) as? [String: Any])?[name]
        }

        var error: String? { self["error"] as? String }
    }

    func send(
        _ method: HTTPMethod,
        _ path: String,
        type: String? = nil,
        bearer: String? = nil,
        body: String = ""
    ) async throws -> HTTPResponse {
        var headers: [(name: String, value: HTTPHeaderValue)] = []
        if let type { headers.append(("Content-Type", .plain(type))) }
        if let bearer { headers.append(("Authorization", .plain("Bearer " + bearer))) }
        return try await client.send(
            HTTPRequest(
                method: method, url: broker.url + path, headers: headers,
                body: method == .get ? .none : .bytes(Array(body.utf8)), timeout: .seconds(60),
                allowsPlainHTTPToLoopback: true
            )
        )
    }

    private func answer(_ response: HTTPResponse) -> Answer {
        Answer(status: response.status, body: response.body.exposedText)
    }

    func form(_ path: String, _ fields: [(String, String)]) async throws -> Answer {
        let body = fields.map { "\($0.0)=\(Self.encoded($0.1))" }.joined(separator: "&")
        return answer(try await send(.post, path, type: "application/x-www-form-urlencoded", body: body))
    }

    func exchange(_ token: String, _ more: [(String, String)] = []) async throws -> Answer {
        try await form(
            "/v1/token",
            [
                ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("subject_token", token),
                ("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
            ] + more
        )
    }

    /// Exchanges a good token for a scoped one.
    func accessToken(_ more: [(String, String)] = [], claims: [(String, String?)] = []) async throws -> String {
        let answer = try await exchange(token(claims), more)
        guard let token = answer["access_token"] as? String else {
            throw BrokerProcess.Failure(description: "\(answer) \(broker.logged)")
        }
        return token
    }

    func fetch(_ bearer: String?, _ body: String = "{}") async throws -> Answer {
        answer(try await send(.post, "/v1/secrets", type: "application/json", bearer: bearer, body: body))
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    // MARK: - The log

    func audit() throws -> [String] {
        try String(contentsOfFile: folder.path("audit.jsonl"), encoding: .utf8).split(separator: "\n").map(String.init)
    }

    /// Event, outcome and reason of each record that a request made.
    func events() throws -> [String] {
        try audit().compactMap { line in
            guard let match = line.firstMatch(of: /"event":"([a-z.]+)","outcome":"([a-z]+)"(,"reason":"([^"]*)")?/)
            else { return nil }
            let text = [match.1, match.2, match.4 ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
            return ["audit.", "state.", "policies."].contains { text.hasPrefix($0) } ? nil : text
        }
    }

    /// Whether the log is as it was written.
    func isWhole() throws -> Bool {
        var verifier = AuditVerifier(key: nil)
        for line in try audit() { verifier.take(Array(line.utf8)) }
        verifier.finish(torn: false)
        return verifier.findings.isEmpty
    }
}
