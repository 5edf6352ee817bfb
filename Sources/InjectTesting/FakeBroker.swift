import Foundation
import StrictJSON
import Synchronization

/// A broker on this machine: real HTTP, a token for each exchange, secrets for a token that lives, and no signature looked at.
///
/// It is ours, made after the same wire contract as the client; the real server proves the contract.
package final class FakeBroker: Sendable {
    /// A reply in place of the usual one, or nil for the usual one; the count is of requests to the same path, from 1.
    package typealias Script = @Sendable (_ request: LoopbackRequest, _ count: Int) -> LoopbackReply?

    /// A secret that it serves.
    package struct Secret: Sendable {
        /// The value.
        package let value: String
        /// The member `deliver`.
        package let delivery: [(String, String)]
        /// Why the job may not read it; nil where it may.
        package let refusal: String?

        /// A secret, delivered as a variable unless something else is said.
        package init(_ value: String, _ delivery: [(String, String)] = [], refusal: String? = nil) {
            self.value = value
            self.delivery = delivery
            self.refusal = refusal
        }
    }

    private struct State {
        var script: Script = { _, _ in nil }
        var counts: [String: Int] = [:]
        var usedTokens: Set<String> = []
        var live: [String: [String]] = [:]
        var minted = 0
    }

    // Shared with the server's threads, which may outlive the broker.
    private final class Shared: Sendable {
        let state = Mutex(State())
        let secrets: [(path: String, secret: Secret)]
        init(_ secrets: [(path: String, secret: Secret)]) { self.secrets = secrets }
    }

    /// The server, for counting requests and connections.
    package let server: LoopbackServer
    private let shared: Shared

    /// Starts a broker with secrets, each `ENVIRONMENT/NAME`; all of one grant, `fake-grant`.
    ///
    /// `onAccept` is told of every connection before its first request.
    package init(
        _ secrets: KeyValuePairs<String, Secret>,
        onAccept: @escaping @Sendable () -> Void = {}
    ) throws {
        let shared = Shared(secrets.map { (path: $0.key, secret: $0.value) })
        self.shared = shared
        server = try LoopbackServer(onAccept: onAccept) { request in
            let (script, count) = shared.state.withLock { state in
                state.counts[request.path, default: 0] += 1
                return (state.script, state.counts[request.path] ?? 0)
            }
            return script(request, count) ?? Self.reply(to: request, shared)
        }
    }

    /// The broker's URL, which is the audience it wants.
    package var url: String { server.url }

    /// The tokens that were given and not revoked.
    package var liveTokens: [String] { shared.state.withLock { $0.live.keys.sorted() } }

    /// The methods and paths that were asked, in order.
    package var calls: [String] { server.requests.map { "\($0.method) \($0.path)" } }

    /// Replies as `script` says from now on.
    package func follow(_ script: @escaping Script) {
        shared.state.withLock { $0.script = script }
    }

    /// An error of RFC 6749, section 5.2.
    package static func error(_ code: String, _ description: String = "because", status: Int = 400) -> LoopbackReply {
        let body = JSONWriter.object([("error", .string(code)), ("error_description", .string(description))])
        return .text(body.line, status: status, headers: [("Content-Type", "application/json")])
    }

    // MARK: - The usual replies

    private static func reply(to request: LoopbackRequest, _ shared: Shared) -> LoopbackReply {
        let base = (request.header("x-forwarded-proto") ?? "http") + "://" + (request.header("host") ?? "")
        switch (request.method, request.path) {
        case ("POST", "/v1/token"): return exchange(form(request), base, shared)
        case ("POST", "/v1/secrets"): return secrets(request, shared)
        case ("POST", "/v1/revoke"):
            _ = shared.state.withLock { $0.live.removeValue(forKey: form(request)["token"] ?? "") }
            return .text("")
        case ("POST", "/v1/explain"): return explanation(request, shared)
        case ("GET", "/readyz"): return .text("ok")
        case ("GET", "/.well-known/oauth-authorization-server"): return metadata(base)
        default: return .text("", status: 404)
        }
    }

    private static func exchange(_ form: [String: String], _ base: String, _ shared: Shared) -> LoopbackReply {
        guard form["grant_type"] == "urn:ietf:params:oauth:grant-type:token-exchange",
            form["subject_token_type"] == "urn:ietf:params:oauth:token-type:id_token",
            let token = form["subject_token"]
        else { return error("invalid_request", "a parameter is missing") }
        guard audience(of: token) == base else { return error("invalid_grant", "the token is for somebody else") }
        let isNew = shared.state.withLock { $0.usedTokens.insert(token).inserted }
        guard isNew else { return error("invalid_grant", "the token was used before") }
        let granted = shared.secrets.filter { $0.secret.refusal == nil }.map(\.path)
        let asked = form["scope"]?.split(separator: " ").map(String.init) ?? granted
        guard !asked.isEmpty, asked.allSatisfy(granted.contains) else {
            return error("invalid_scope", "no grant of this job reads all of it")
        }
        let minted = shared.state.withLock { state in
            state.minted += 1
            let token = "inj_fake-token-number-\(state.minted)"
            state.live[token] = asked
            return token
        }
        let answer = JSONWriter.object([
            ("access_token", .string(minted)),
            ("issued_token_type", .string("urn:ietf:params:oauth:token-type:access_token")),
            ("token_type", .string("Bearer")), ("expires_in", .integer(300)),
            ("scope", .string(asked.joined(separator: " "))), ("grant", .string("fake-grant")),
        ])
        return json(answer)
    }

    private static func secrets(_ request: LoopbackRequest, _ shared: Shared) -> LoopbackReply {
        let bearer = request.header("authorization")?.dropFirst("Bearer ".count).description ?? ""
        guard let scope = shared.state.withLock({ $0.live[bearer] }) else {
            return error("invalid_token", "no such token", status: 401)
        }
        let asked = names(in: request) ?? []
        guard asked.allSatisfy(scope.contains) else { return error("insufficient_scope", "not granted", status: 403) }
        let wanted = asked.isEmpty ? scope : asked
        let entries = shared.secrets.filter { wanted.contains($0.path) }.map { path, secret -> JSONWriter in
            let name = path.split(separator: "/").last.map(String.init) ?? ""
            let delivery = secret.delivery.isEmpty ? [("env", name)] : secret.delivery
            return .object([
                ("name", .string(path)), ("value_base64", .string(Data(secret.value.utf8).base64EncodedString())),
                ("version", .string("v1")), ("deliver", .object(delivery.map { ($0.0, .string($0.1)) })),
            ])
        }
        return json(.object([("secrets", .array(entries))]))
    }

    private static func explanation(_ request: LoopbackRequest, _ shared: Shared) -> LoopbackReply {
        guard let asked = names(in: request) else { return error("invalid_request", "no `secrets`") }
        let known = shared.secrets.filter { asked.isEmpty || asked.contains($0.path) }
        let unknown = asked.filter { path in !known.contains { $0.path == path } }
        let decisions =
            known.map { decision($0.path, $0.secret.refusal) } + unknown.map { decision($0, "no such secret") }
        return json(.object([("decisions", .array(decisions))]))
    }

    private static func decision(_ path: String, _ refusal: String?) -> JSONWriter {
        var members: [(String, JSONWriter)] = [("secret", .string(path)), ("allowed", .bool(refusal == nil))]
        if refusal == nil { members.append(("grant", .string("fake-grant"))) }
        return .object(members + [("reason", .string(refusal ?? "the grant matches"))])
    }

    private static func metadata(_ base: String) -> LoopbackReply {
        json(
            .object([
                ("issuer", .string(base)), ("token_endpoint", .string(base + "/v1/token")),
                ("grant_types_supported", .array([.string("urn:ietf:params:oauth:grant-type:token-exchange")])),
            ]))
    }

    private static func json(_ body: JSONWriter) -> LoopbackReply {
        .text(body.line, headers: [("Content-Type", "application/json"), ("Cache-Control", "no-store")])
    }

    private static func form(_ request: LoopbackRequest) -> [String: String] {
        var form: [String: String] = [:]
        for field in String(decoding: request.body, as: UTF8.self).split(separator: "&") {
            let parts = field.split(separator: "=", maxSplits: 1).map { String($0).removingPercentEncoding ?? "" }
            if parts.count == 2 { form[parts[0]] = parts[1] }
        }
        return form
    }

    private static func names(in request: LoopbackRequest) -> [String]? {
        let object = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
        return object?["secrets"] as? [String]
    }

    private static func audience(of token: String) -> String? {
        let parts = token.split(separator: ".")
        guard parts.count == 3 else { return nil }
        let text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        let padded = text + String(repeating: "=", count: (4 - text.count % 4) % 4)
        let claims = Data(base64Encoded: padded).flatMap { try? JSONSerialization.jsonObject(with: $0) }
        return (claims as? [String: Any])?["aud"] as? String
    }
}
