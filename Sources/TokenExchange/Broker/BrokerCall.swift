import HTTPTransport

/// One request to a broker, and what may be done where it fails.
struct BrokerCall: Sendable {
    /// What the user is told the broker did not do.
    enum Purpose {
        case exchange
        case fetch
        case revocation
        case explanation
        case check
    }

    let purpose: Purpose
    let method: HTTPMethod
    let path: String
    var headers: [(name: String, value: HTTPHeaderValue)] = [("Accept", .plain("application/json"))]
    var body = HTTPBody.none
    var maximumBodyBytes = 64 * 1024
    var timeout = Duration.seconds(10)
    var attempts = 4
    /// Whether it may be sent again though the first may have been received.
    var isRepeatable = true
    /// Whether the answer is waited for though nobody wants it any more: it may hold what has to be revoked.
    var isShielded = false

    init(_ purpose: Purpose, _ method: HTTPMethod, _ path: String) {
        self.purpose = purpose
        self.method = method
        self.path = path
    }

    /// A call with a form (RFC 8693, section 2.1) or JSON as its body.
    init(_ purpose: Purpose, _ path: String, type: String, body: HTTPBody) {
        self.init(purpose, .post, path)
        headers.append(("Content-Type", .plain(type)))
        self.body = body
    }

    /// The call as notes name it.
    var name: String { "\(method.rawValue) \(path)" }

    func request(_ address: BrokerAddress) -> HTTPRequest {
        HTTPRequest(
            method: method,
            url: address.endpoint(path),
            headers: headers,
            body: body,
            timeout: timeout,
            maximumBodyBytes: maximumBodyBytes,
            allowsPlainHTTPToLoopback: true
        )
    }
}
