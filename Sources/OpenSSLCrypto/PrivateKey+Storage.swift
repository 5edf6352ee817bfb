internal import COpenSSL
package import Secrets

extension PrivateKey {
    /// Reads an Ed25519 key from its 32 bytes (RFC 8032, section 5.1.5); every value is one.
    package static func importEd25519(_ seed: SecretBytes) throws(CryptoError) -> PrivateKey {
        defer { ERR_clear_error() }
        let pointer = seed.withExposedBytes { bytes in
            EVP_PKEY_new_raw_private_key_ex(
                nil, "ED25519", nil, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count
            )
        }
        guard seed.count == 32 else { throw CryptoError(.malformedKey) }
        guard let pointer else { throw CryptoError(.operationFailed) }
        let handle = KeyHandle(adopting: pointer)
        return PrivateKey(handle, try PublicKey(half: handle, "ED25519"))
    }
}
