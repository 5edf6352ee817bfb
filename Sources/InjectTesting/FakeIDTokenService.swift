import Synchronization

/// GitHub's token service on this machine: asks for the bearer token, echoes the audience, fails as it is told to.
package final class FakeIDTokenService: Sendable {
    /// What the service does with one request.
    package enum Step: Sendable {
        /// Answers with the token.
        case token
        /// 403 while the job is not running yet, as GitHub words it.
        case pending
        /// A status without a body, with headers.
        case status(Int, headers: [(name: String, value: String)] = [])
        /// A body of 200.
        case body(String)
        /// Anything else.
        case reply(LoopbackReply)
    }

    /// What the runner would put into `ACTIONS_ID_TOKEN_REQUEST_TOKEN`.
    package static let bearer = "request-token-of-the-job"

    /// The server, for counting requests.
    package let server: LoopbackServer

    /// Starts a service that does `steps` in turn and the last of them for ever; `token` is told the audience.
    package init(
        _ steps: [Step] = [.token],
        token: @escaping @Sendable (_ audience: String) -> String = { "e30.\($0).c2ln" }
    ) throws {
        let next = Counter()
        server = try LoopbackServer { request in
            guard request.header("authorization") == "Bearer " + Self.bearer else { return .text("", status: 401) }
            guard request.path == "/idtoken", request.query("api-version") == "2.0" else {
                return .text("", status: 404)
            }
            switch steps[min(next.increment(), steps.count - 1)] {
            case .token: return .text(#"{"count":1,"value":"\#(token(request.query("audience") ?? ""))"}"#)
            case .pending:
                return .text(
                    #"{"message":"Can\u0027t issue ID_TOKEN for job in \u0027Pending\u0027 state."}"#, status: 403)
            case .status(let status, let headers): return .text("", status: status, headers: headers)
            case .body(let text): return .text(text)
            case .reply(let reply): return reply
            }
        }
    }

    /// What the runner would put into `ACTIONS_ID_TOKEN_REQUEST_URL`; it already has a query.
    package var url: String { server.url + "/idtoken?api-version=2.0" }

    private final class Counter: Sendable {
        private let count = Atomic<Int>(0)
        func increment() -> Int { count.wrappingAdd(1, ordering: .relaxed).oldValue }
    }
}
