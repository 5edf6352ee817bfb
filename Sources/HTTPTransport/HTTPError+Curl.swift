import CCurl

extension HTTPError.Code {
    /// What libcurl's code means to a caller (libcurl-errors(3)).
    init(_ code: CURLcode) {
        switch code {
        case CURLE_URL_MALFORMAT: self = .badURL
        case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT: self = .connect
        case CURLE_COULDNT_RESOLVE_PROXY: self = .proxyUnreachable
        case CURLE_OPERATION_TIMEDOUT: self = .timeout
        case CURLE_OUT_OF_MEMORY: self = .memory
        case CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_CIPHER,
            CURLE_SSL_ISSUER_ERROR, CURLE_SSL_INVALIDCERTSTATUS, CURLE_SSL_PINNEDPUBKEYNOTMATCH:
            self = .tls
        default: self = .transport
        }
    }
}
