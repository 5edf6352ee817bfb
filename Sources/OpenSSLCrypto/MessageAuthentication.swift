internal import COpenSSL
package import Secrets

/// HMAC with SHA-256 (RFC 2104).
///
/// Not for tokens: JOSE has no symmetric path.
package enum MessageAuthentication {
    /// The 32-byte code of `message` under `key`.
    package static func sha256(_ message: UnsafeRawBufferPointer, key: SecretBytes) throws(CryptoError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: DigestAlgorithm.sha256.byteCount)
        guard code.withUnsafeMutableBytes({ write(message, key, into: $0) }) else {
            throw CryptoError(.operationFailed)
        }
        return code
    }

    /// The 32-byte code of `message` under `key`, where the code is a key in its turn.
    package static func sha256Key(_ message: String, key: SecretBytes) throws(CryptoError) -> SecretBytes {
        let count = DigestAlgorithm.sha256.byteCount
        var message = message
        do {
            var buffer = try SecretBuffer(capacity: count)
            let written = try message.withUTF8 { (message) throws(SecretMemoryError) in
                try buffer.appendUninitialized(capacity: count) {
                    write(UnsafeRawBufferPointer(message), key, into: $0) ? count : 0
                }
            }
            if written == count { return buffer.finish() }
        } catch {}
        throw CryptoError(.operationFailed)
    }

    private static func write(
        _ message: UnsafeRawBufferPointer,
        _ key: SecretBytes,
        into code: UnsafeMutableRawBufferPointer
    ) -> Bool {
        defer { ERR_clear_error() }
        return key.withExposedBytes { key in
            EVP_Q_mac(
                nil, "HMAC", nil, "SHA256", nil, key.baseAddress, key.count,
                message.baseAddress?.assumingMemoryBound(to: UInt8.self), message.count,
                code.baseAddress?.assumingMemoryBound(to: UInt8.self), code.count, nil
            ) != nil
        }
    }
}
