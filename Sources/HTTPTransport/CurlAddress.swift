import CCurl

/// libcurl's own parsed form of a URL, handed to the transfer as it is.
struct CurlAddress: ~Copyable {
    let handle: OpaquePointer

    init(_ text: String) throws(HTTPError) {
        // libcurl stops reading at a NUL and would send the rest of a line break.
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw Self.malformed }
        guard CurlGlobal.isReady else { throw HTTPError(.memory, CurlGlobal.failure) }
        guard let handle = inject_curl_url() else { throw HTTPError(.memory, "no memory for an address") }
        guard inject_curl_url_set(handle, CURLUPART_URL, text, UInt32(CURLU_DISALLOW_USER)) == CURLUE_OK else {
            inject_curl_url_cleanup(handle)
            throw Self.malformed
        }
        self.handle = handle
    }

    private static let malformed = HTTPError(.badURL, "the address is not a URL without a user name")

    deinit { inject_curl_url_cleanup(handle) }

    func part(_ part: CURLUPart, _ flags: UInt32 = 0) -> String? {
        var text: UnsafeMutablePointer<CChar>?
        guard inject_curl_url_get(handle, part, &text, flags) == CURLUE_OK, let text else { return nil }
        defer { inject_curl_free(text) }
        return String(cString: text)
    }
}
