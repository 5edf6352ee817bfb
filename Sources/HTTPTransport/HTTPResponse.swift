import CCurl
package import Secrets

/// A server's answer; redirects are answers like any other and are never followed.
package struct HTTPResponse: Sendable {
    /// The status code.
    package let status: Int
    /// The headers, in order, names as they were sent.
    package let headers: [(name: String, value: String)]
    /// The body, which may hold a secret.
    package let body: SecretBytes

    /// Describes an answer; for fakes, too.
    package init(status: Int, headers: [(name: String, value: String)], body: SecretBytes) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// The first header of this name, whose ASCII letters compare without case (RFC 9110, section 5.1).
    package func header(_ name: String) -> String? {
        headers.first { ASCII.isEqualIgnoringCase($0.name, name) }?.value
    }

    /// The server's clock in seconds since the Unix epoch, where it sent a `Date` that can be read.
    package var serverTime: Int64? {
        guard let date = header("Date"), CurlGlobal.isReady else { return nil }
        let time = inject_curl_getdate(date)
        return time < 0 ? nil : Int64(time)
    }
}
