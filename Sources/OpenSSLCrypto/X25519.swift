internal import COpenSSL
package import Secrets

/// A key for the Diffie-Hellman exchange on Curve25519 (RFC 7748, section 5).
package struct X25519PrivateKey: Sendable {
    /// The length of a private key, a public key and a shared secret in bytes.
    package static let byteCount = 32

    /// The other half: 32 bytes.
    package let publicKey: [UInt8]
    private let handle: KeyHandle

    /// Takes the 32 bytes of a key; every value is one.
    package init(_ bytes: SecretBytes) throws(CryptoError) {
        defer { ERR_clear_error() }
        let pointer = bytes.withExposedBytes { bytes in
            EVP_PKEY_new_raw_private_key_ex(
                nil, "X25519", nil, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count
            )
        }
        guard bytes.count == Self.byteCount else { throw CryptoError(.malformedKey) }
        guard let pointer else { throw CryptoError(.operationFailed) }
        try self.init(KeyHandle(adopting: pointer))
    }

    /// Makes a fresh key.
    package static func generate() throws(CryptoError) -> X25519PrivateKey {
        try X25519PrivateKey(SecureRandom.secret(byteCount))
    }

    private init(_ handle: KeyHandle) throws(CryptoError) {
        var bytes = [UInt8](repeating: 0, count: Self.byteCount)
        var count = bytes.count
        guard EVP_PKEY_get_raw_public_key(handle.pointer, &bytes, &count) == 1, count == Self.byteCount else {
            throw CryptoError(.operationFailed)
        }
        self.handle = handle
        publicKey = bytes
    }

    /// The secret shared with the owner of a public key.
    ///
    /// Throws `malformedKey` for a point of low order, whose secret is zero for everybody (RFC 7748, section 6.1).
    package func sharedSecret(with publicKey: [UInt8]) throws(CryptoError) -> SecretBytes {
        defer { ERR_clear_error() }
        guard publicKey.count == Self.byteCount else { throw CryptoError(.malformedKey) }
        guard let peer = EVP_PKEY_new_raw_public_key_ex(nil, "X25519", nil, publicKey, publicKey.count) else {
            throw CryptoError(.operationFailed)
        }
        defer { EVP_PKEY_free(peer) }
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, handle.pointer, nil) else {
            throw CryptoError(.operationFailed)
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, peer) == 1 else {
            throw CryptoError(.operationFailed)
        }
        let secret = try SecretBytes.derived(count: Self.byteCount) { room, count in
            EVP_PKEY_derive(context, room, &count) == 1
        }
        guard let secret else { throw CryptoError(.malformedKey) }
        return secret
    }
}
