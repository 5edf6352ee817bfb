internal import COpenSSL

/// Turns OpenSSL's thread-wide error queue into one error of ours.
enum OpenSSLFailure {
    /// Empties the queue, so that a later call does not report this failure, and returns the error to throw.
    static func clear(_ code: CryptoError.Code) -> CryptoError {
        ERR_clear_error()
        return CryptoError(code: code)
    }
}
