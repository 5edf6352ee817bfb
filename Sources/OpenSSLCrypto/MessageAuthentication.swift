internal import COpenSSL
package import Secrets

/// HMAC with SHA-256 (RFC 2104).
///
/// Not for tokens: JOSE has no symmetric path.
package enum MessageAuthentication {
    /// The 32-byte code of `message` under `key`.
    package static func sha256(_ message: UnsafeRawBufferPointer, key: SecretBytes) throws(CryptoError) -> [UInt8] {
        defer { ERR_clear_error() }
        var code = [UInt8](repeating: 0, count: DigestAlgorithm.sha256.byteCount)
        let wasWritten = key.withExposedBytes { key in
            EVP_Q_mac(
                nil, "HMAC", nil, "SHA256", nil, key.baseAddress, key.count,
                message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count, &code, code.count, nil
            ) != nil
        }
        guard wasWritten else { throw CryptoError(.operationFailed) }
        return code
    }
}
