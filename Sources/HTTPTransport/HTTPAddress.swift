import CCurl

/// An absolute address as libcurl reads it, so that what is checked is what is asked.
package struct HTTPAddress: Sendable {
    /// `https` or `http`, in lower case.
    package let scheme: String
    /// The host; an IPv6 address stands in brackets.
    package let host: String
    /// The port, also where it is the scheme's own.
    package let port: String
    /// The path, without query and fragment.
    package let path: String

    /// Reads an address; throws `badURL` for another scheme, a user name, or a control character.
    package init(_ text: String) throws(HTTPError) {
        try self.init(CurlAddress(text))
    }

    init(_ address: borrowing CurlAddress) throws(HTTPError) {
        guard let scheme = address.part(CURLUPART_SCHEME), scheme == "https" || scheme == "http",
            let host = address.part(CURLUPART_HOST), !host.isEmpty,
            let port = address.part(CURLUPART_PORT, UInt32(CURLU_DEFAULT_PORT)),
            let path = address.part(CURLUPART_PATH)
        else { throw HTTPError(.badURL, "the address is not an `https` address") }
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
    }

    /// Whether the host is literally this machine; a name that merely resolves to it is not.
    package var isLoopback: Bool {
        ["127.0.0.1", "[::1]", "localhost"].contains { ASCII.isEqualIgnoringCase($0, host) }
    }

    /// Whether the host is literally one of the link-local addresses at which AWS serves machines and containers.
    package var isMetadata: Bool {
        [
            "169.254.169.254", "[fd00:ec2::254]", "169.254.170.2", "169.254.170.23", "[fd00:ec2::23]",
        ].contains { ASCII.isEqualIgnoringCase($0, host) }
    }

    /// Whether scheme, host and port are the same (RFC 6454, section 5).
    package func hasOrigin(of other: HTTPAddress) -> Bool {
        scheme == other.scheme && ASCII.isEqualIgnoringCase(host, other.host) && port == other.port
    }

    /// The address for messages: a query may carry a secret and is left out.
    package var shown: String {
        let isUsual = port == (scheme == "https" ? "443" : "80")
        return "\(scheme)://\(host)\(isUsual ? "" : ":" + port)\(path)"
    }
}
