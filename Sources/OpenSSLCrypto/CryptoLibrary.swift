internal import COpenSSL

/// OpenSSL's library, which is loaded when it is needed first.
package enum CryptoLibrary {
    /// Sets what the process ends with, after a message, where the library is not there.
    package static func endProcess(with status: Int32) { inject_openssl_set_failure_status(status) }
}
