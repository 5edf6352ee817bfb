import CCurl

extension CurlTransfer {
    /// Sets every option; false where libcurl refuses one.
    func apply(_ configuration: CurlClient.Configuration) -> Bool {
        applySafety() && applyProxy() && applyRequest() && applyCallbacks()
            && set(CURLOPT_USERAGENT, configuration.userAgent)
            && applyTrust(configuration.caBundle) && applyPins(configuration.pinnedKeys)
            && set(CURLOPT_CONNECTTIMEOUT_MS, min(configuration.connectTimeout, request.timeout).milliseconds)
            && set(CURLOPT_TIMEOUT_MS, request.timeout.milliseconds)
    }

    /// Credentials went to another host, port or scheme through redirects, netrc and cookies (CVE-2018-1000007,
    /// CVE-2022-27774, CVE-2022-27776); none of them is used here.
    private func applySafety() -> Bool {
        set(CURLOPT_PROTOCOLS_STR, address.scheme)
            && set(CURLOPT_FOLLOWLOCATION, 0)
            && set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_3))
            && set(CURLOPT_SSL_VERIFYPEER, 1)
            && set(CURLOPT_SSL_VERIFYHOST, 2)
            && set(CURLOPT_NETRC, Int(CURL_NETRC_IGNORED.rawValue))
            && set(CURLOPT_NOSIGNAL, 1)
            && set(CURLOPT_HTTP09_ALLOWED, 0)
            && set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
            // Without TLS there is nothing to negotiate, and libcurl would send one request after the other.
            && set(CURLOPT_PIPEWAIT, address.scheme == "https" ? 1 : 0)
    }

    private func applyTrust(_ bundle: String?) -> Bool {
        // Images name the system's own bundle, for programs that would not look for it.
        let isSystems = bundle == nil || bundle?.utf8.elementsEqual((SystemTrust.bundle ?? "").utf8) == true
        if let bundle, !isSystems { return set(CURLOPT_CAINFO, bundle) && unset(CURLOPT_CAPATH) }
        return SystemTrust.isFolderEnough ? unset(CURLOPT_CAINFO) : true
    }

    private func applyPins(_ pins: String?) -> Bool {
        pins.map { set(CURLOPT_PINNEDPUBLICKEY, $0) } ?? true
    }

    /// An empty proxy also keeps libcurl from reading the environment.
    private func applyProxy() -> Bool {
        guard let proxy else { return set(CURLOPT_PROXY, "") }
        return set(CURLOPT_PROXY, proxy.url) && set(CURLOPT_NOPROXY, proxy.exceptions)
    }

    private func applyRequest() -> Bool {
        guard inject_curl_set_pointer(easy, CURLOPT_CURLU, UnsafeMutableRawPointer(target.handle)) == CURLE_OK,
            inject_curl_set_pointer(easy, CURLOPT_HTTPHEADER, headers.head) == CURLE_OK
        else { return false }
        if late != nil {
            return set(CURLOPT_POST, 1) && awaitRequest()
                && inject_curl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, -1) == CURLE_OK
        }
        guard let count = request.body.count else { return set(CURLOPT_CUSTOMREQUEST, request.method.rawValue) }
        return set(CURLOPT_POST, 1) && set(CURLOPT_CUSTOMREQUEST, request.method.rawValue)
            && inject_curl_set_size(easy, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(count)) == CURLE_OK
    }

    private func set(_ option: CURLoption, _ value: Int) -> Bool {
        inject_curl_set_long(easy, option, value) == CURLE_OK
    }

    private func set(_ option: CURLoption, _ value: String) -> Bool {
        inject_curl_set_text(easy, option, value) == CURLE_OK
    }

    private func unset(_ option: CURLoption) -> Bool { inject_curl_set_text(easy, option, nil) == CURLE_OK }
}
