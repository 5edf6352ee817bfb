import CCurl

extension CurlTransfer {
    /// What the proxy's address or its answer says of a failure; nil where they say nothing.
    func proxyFault(_ code: CURLcode) -> HTTPError? {
        guard let proxy else { return nil }
        var status = 0
        inject_curl_get_long(easy, CURLINFO_HTTP_CONNECTCODE, &status)
        if status >= 300 {
            let kind = status >= 500 || status == 429 ? HTTPError.Code.proxyUnreachable : .proxy
            return HTTPError(kind, "no answer from `\(address.shown)`: the proxy answered \(status)")
        }
        guard code == CURLE_COULDNT_RESOLVE_PROXY || code == CURLE_COULDNT_CONNECT else { return nil }
        // libcurl quotes an address that it cannot take apart, and the password with it.
        guard !String(cString: detail).hasPrefix("Unsupported proxy"), !proxy.isCutShort else {
            return HTTPError(.proxy, Self.malformedProxy)
        }
        return nil
    }

    /// Whether it is the proxy that could not be connected to: libcurl has one code for both, and names the host.
    func isProxyAway(_ code: CURLcode) -> Bool {
        guard let proxy, code == CURLE_COULDNT_CONNECT else { return false }
        return String(cString: detail).contains(" \(proxy.host) ")
    }

    private static let malformedProxy =
        "`HTTPS_PROXY` is not the address of a proxy; in its password, write `/` as `%2F`, `?` as `%3F` and `#` as `%23`"
}

extension CurlClient.Configuration.Proxy {
    /// Whether a `/`, `?` or `#` ends the address before its `@`: what libcurl then takes for the host are a user's name and
    /// the start of a password.
    fileprivate var isCutShort: Bool {
        afterScheme.drop { !"/?#".contains($0) }.contains("@")
    }

    /// The host without its port.
    fileprivate var host: Substring {
        let authority = afterScheme.prefix { !"/?#".contains($0) }
        return authority.split(separator: "@").last?.prefix { $0 != ":" } ?? ""
    }

    private var afterScheme: Substring {
        url[(url.firstRange(of: "://")?.upperBound ?? url.startIndex)...]
    }
}
