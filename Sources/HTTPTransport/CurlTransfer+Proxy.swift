import CCurl

extension CurlTransfer {
    /// What of a failure is the proxy's fault; nil where it is somebody else's.
    func proxyFault(_ code: CURLcode) -> HTTPError? {
        guard let proxy, code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_COULDNT_CONNECT else { return nil }
        // libcurl quotes an address that it cannot take apart, and the password with it.
        guard !String(cString: detail).hasPrefix("Unsupported proxy"), !proxy.isCutShort else {
            return HTTPError(.proxy, Self.malformedProxy)
        }
        return nil
    }

    private static let malformedProxy =
        "`HTTPS_PROXY` is not the address of a proxy; in its password, write `/` as `%2F`, `?` as `%3F` and `#` as `%23`"
}

extension CurlClient.Configuration.Proxy {
    /// Whether a `/`, `?` or `#` ends the address before its `@`: what libcurl then takes for the host are a user's name and
    /// the start of a password.
    fileprivate var isCutShort: Bool {
        let start = url.firstRange(of: "://")?.upperBound ?? url.startIndex
        guard let end = url[start...].firstIndex(where: { "/?#".contains($0) }) else { return false }
        return url[end...].contains("@")
    }
}
