package import JOSE
import OpenSSLCrypto
import Synchronization

/// An issuer on this machine: real keys, a real HTTP server with discovery document and key set, real signatures.
package final class FakeIssuer: Sendable {
    /// A reply in place of the usual one, or nil for the usual one.
    package typealias Script = @Sendable (LoopbackRequest) -> LoopbackReply?

    private struct State {
        var signer: JWSSigner
        var script: Script = { _ in nil }
    }

    // Shared with the server's threads, which may outlive the issuer.
    private final class Shared: Sendable {
        let state: Mutex<State>
        init(_ signer: JWSSigner) { state = Mutex(State(signer: signer)) }
    }

    /// The server, for counting requests.
    package let server: LoopbackServer
    private let shared: Shared

    /// Starts an issuer with a new ES256 key, or an RS256 one, as GitHub has.
    package init(likeGitHub: Bool = false) throws {
        let shared = Shared(try likeGitHub ? JWSSigner(key: PrivateKey.generateRSA()) : Self.newSigner())
        self.shared = shared
        server = try LoopbackServer { request in
            let (script, keys) = shared.state.withLock { ($0.script, $0.signer.jwks) }
            if let reply = script(request) { return reply }
            let base = "http://" + (request.header("host") ?? "")
            switch request.path {
            case "/jwks": return .answer(status: 200, headers: [], body: keys)
            case "/.well-known/openid-configuration":
                return .text(#"{"issuer":"\#(base)","jwks_uri":"\#(base)/jwks"}"#)
            default: return .text("", status: 404)
            }
        }
    }

    /// The issuer's name and address.
    package var url: String { server.url }

    /// The signer of the moment.
    package var signer: JWSSigner { shared.state.withLock { $0.signer } }

    /// How many requests for the key set there were.
    package var keyRequestCount: Int { server.requests.count { $0.path == "/jwks" } }

    /// Replaces the key, as issuers do from time to time.
    package func rotate() throws {
        let signer = try Self.newSigner()
        shared.state.withLock { $0.signer = signer }
    }

    /// Replies as `script` says from now on.
    package func follow(_ script: @escaping Script) {
        shared.state.withLock { $0.script = script }
    }

    private static func newSigner() throws -> JWSSigner {
        try JWSSigner(key: PrivateKey.generateP256())
    }
}
