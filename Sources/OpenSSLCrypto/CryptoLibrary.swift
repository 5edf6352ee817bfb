internal import COpenSSL

/// OpenSSL's library, which is loaded when it is needed first.
package enum CryptoLibrary {
    /// Why nothing of it works here, or nil where it does; asking loads it.
    package static var unavailability: String? {
        inject_openssl_load_error().map { "OpenSSL cannot be loaded: \(String(cString: $0))" }
    }

    /// Sets what the process ends with, after a message, where it is used unasked and is not there.
    package static func endProcess(with status: Int32) { inject_openssl_set_failure_status(status) }
}
