/// One request, with the limits its answer has to keep.
package struct HTTPRequest: Sendable {
    /// What is asked for.
    package var method: HTTPMethod
    /// The absolute address; `https`, and without a user name in it.
    package var url: String
    /// The headers, in order.
    package var headers: [(name: String, value: HTTPHeaderValue)]
    /// The body.
    package var body: HTTPBody
    /// How long everything together may take, from the resolving of the name to the last byte.
    package var timeout: Duration
    /// The longest body that is accepted, in bytes, however the server frames it.
    package var maximumBodyBytes: Int
    /// Whether `http` is allowed where the host is literally `127.0.0.1`, `[::1]` or `localhost`.
    package var allowsPlainHTTPToLoopback: Bool
    /// Whether `http` is allowed to the metadata addresses of clouds, which no router passes on.
    package var allowsPlainHTTPToMetadata = false

    /// Describes a request.
    package init(
        method: HTTPMethod = .get,
        url: String,
        headers: [(name: String, value: HTTPHeaderValue)] = [],
        body: HTTPBody = .none,
        timeout: Duration = .seconds(10),
        maximumBodyBytes: Int = 1 << 20,
        allowsPlainHTTPToLoopback: Bool = false
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maximumBodyBytes = maximumBodyBytes
        self.allowsPlainHTTPToLoopback = allowsPlainHTTPToLoopback
    }
}
