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
    private let hasDisk: Bool
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

    /// Makes everything and starts the broker; with `disk`, log and state are on a small disk of the broker's own, which is
    /// gone when it ends.
    init(
        state: String? = nil,
        extra: String = "",
        url: String = "http://127.0.0.1",
        before commands: String = "",
        issuer own: FakeIssuer? = nil,
        issuerName: String? = nil,
        baseline: String? = nil,
        audit: String = "",
        disk: String? = nil,
        policy: (repository: String, text: (_ issuer: String) -> String) = (
            "acme/shop", { BrokerBench.policy(issuer: $0) }
        )
    ) throws {
        folder = try TemporaryFolder()
        issuer = try own ?? Self.issuer.get()
        let name = issuerName ?? issuer.url
        try folder.write("policies/\(policy.repository)/inject.yaml", policy.text(name))
        try folder.write("policies/acme/shop/api_key", Self.value + "\n")
        try folder.write("policies/acme/shop/tls_key", [0, 255, 10, 34, 92])
        try folder.write("policies/acme/shop/staging_key", "staging-value")
        let openssl = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: folder.url)
        _ = try openssl.run(["genpkey", "-algorithm", "ed25519", "-out", "audit.pem"])
        hasDisk = disk != nil
        let place = disk == nil ? "" : "disk/"
        try folder.write(
            "broker.yaml",
            """
            version: "1"
            listen: 127.0.0.1:0
            url: \(url)
            issuers: "\(name)"
            trust_local_issuer: "true"
            policies: { folder: policies\(baseline.map { ", baseline: \($0)" } ?? "") }
            state: \(state ?? "{ sqlite: \(place)state.db }")
            audit: { file: \(place)audit.jsonl, key: audit.pem\(audit) }
            \(extra)

            """
        )
        let mounting = disk.map(Self.mounting) ?? ""
        current = Mutex(try BrokerProcess(config: "broker.yaml", in: folder, before: commands + mounting))
    }

    /// Goes on in a mount namespace with a file system in memory of a size, which takes no root where users may have one.
    private static func mounting(size: String) -> String {
        """
        mkdir disk
        user=--map-root-user
        [ "$(id -u)" != 0 ] || user=
        exec unshare $user --mount sh -c 'mount -t tmpfs -o size=\(size) tmpfs disk && exec "$@"' sh "$@"
        """
    }

    /// The path of a file of the broker's, as others see it.
    func path(_ name: String) -> String {
        hasDisk ? "/proc/\(broker.id)/root\(folder.path("disk/" + name))" : folder.path(name)
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
        body: String = "",
        at url: String? = nil
    ) async throws -> HTTPResponse {
        var headers: [(name: String, value: HTTPHeaderValue)] = []
        if let type { headers.append(("Content-Type", .plain(type))) }
        if let bearer { headers.append(("Authorization", .plain("Bearer " + bearer))) }
        return try await client.send(
            HTTPRequest(
                method: method, url: (url ?? broker.url) + path, headers: headers,
                body: method == .get ? .none : .bytes(Array(body.utf8)), timeout: .seconds(60),
                allowsPlainHTTPToLoopback: true
            )
        )
    }

    private func answer(_ response: HTTPResponse) -> Answer {
        Answer(status: response.status, body: response.body.exposedText)
    }

    func form(_ path: String, _ fields: [(String, String)], at url: String? = nil) async throws -> Answer {
        answer(
            try await send(.post, path, type: "application/x-www-form-urlencoded", body: Self.encoded(fields), at: url))
    }

    func exchange(_ token: String, _ more: [(String, String)] = [], at url: String? = nil) async throws -> Answer {
        try await form("/v1/token", Self.exchangeForm(token) + more, at: url)
    }

    static func exchangeForm(_ token: String) -> [(String, String)] {
        [
            ("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange"), ("subject_token", token),
            ("subject_token_type", "urn:ietf:params:oauth:token-type:jwt"),
        ]
    }

    /// Exchanges a good token for a scoped one.
    func accessToken(_ more: [(String, String)] = [], claims: [(String, String?)] = []) async throws -> String {
        let answer = try await exchange(token(claims), more)
        guard let token = answer["access_token"] as? String else {
            throw BrokerProcess.Failure(description: "\(answer) \(broker.logged)")
        }
        return token
    }

    func fetch(_ bearer: String?, _ body: String = "{}", at url: String? = nil) async throws -> Answer {
        answer(try await send(.post, "/v1/secrets", type: "application/json", bearer: bearer, body: body, at: url))
    }

    static func encoded(_ fields: [(String, String)]) -> String {
        fields.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
    }

    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    // MARK: - The log

    /// The records of all its files.
    func audit() throws -> [String] {
        let log = path("audit.jsonl")
        return try (AuditSegments.paths(of: log) + [log]).flatMap { file in
            try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map(String.init)
        }
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

    /// What `inject audit verify` says of the log, with the broker's public key; the log has to have been closed.
    func verdict() throws -> CommandResult {
        let openssl = CommandRunner(executable: URL(fileURLWithPath: "/usr/bin/openssl"), in: folder.url)
        _ = try openssl.run(["pkey", "-in", "audit.pem", "-pubout", "-out", "audit.pub"])
        return try CommandRunner(product: "inject", in: folder)
            .run(["audit", "verify", "audit.jsonl", "--key", "audit.pub"])
    }
}
