/// Why a request got no answer.
package struct HTTPError: Error, Sendable {
    /// The kind of failure.
    package enum Code: String, Sendable {
        /// The address is not one that is ever asked: no `https`, a user name in it, or no URL at all.
        case badURL
        /// A header's name or value could not be sent as what it is.
        case badRequest
        /// The host has no address, or nothing there answers.
        case connect
        /// The proxy's address is none, or the proxy does not let the request through.
        case proxy
        /// The proxy has no address, does not answer, or could not do its work.
        case proxyUnreachable
        /// The server's certificate or TLS version is not acceptable.
        case tls
        /// The answer was not complete in time.
        case timeout
        /// The body is longer than the request accepts.
        case bodyTooLarge
        /// The headers together are longer than `HTTPResponse` accepts.
        case headersTooLarge
        /// The task was cancelled.
        case cancelled
        /// No memory for a secret, or for libcurl.
        case memory
        /// The connection broke, or the answer is not HTTP.
        case transport
    }

    /// The kind of failure.
    package let code: Code
    /// What happened and with whom: the address without its query, never a header or a byte of a body.
    package let message: String

    /// Describes a failure; for fakes, too.
    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }
}
