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
    ///
    /// A cache's answer has the `Date` of when it was made, and its `Age` since (RFC 9111, section 4.2.3).
    package var serverTime: Int64? {
        guard let date = header("Date"), let age, CurlGlobal.isReady else { return nil }
        let time = inject_curl_getdate(date)
        return time < 0 ? nil : Int64(time) + age
    }

    /// For how many seconds caches had the answer; nil where that cannot be read.
    private var age: Int64? {
        guard let text = header("Age") else { return 0 }
        guard text.utf8.count <= 10, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int64(text)
    }
}
