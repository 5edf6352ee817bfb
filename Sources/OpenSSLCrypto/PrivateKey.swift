internal import COpenSSL

/// A private key; its numbers live in OpenSSL's memory, which is wiped when the last reference goes.
package final class PrivateKey: Sendable {
    /// The other half.
    package let publicKey: PublicKey
    let handle: KeyHandle

    init(_ handle: KeyHandle, _ publicKey: PublicKey) {
        self.handle = handle
        self.publicKey = publicKey
    }

    /// Makes a fresh P-256 key, for ES256.
    package static func generateP256() throws(CryptoError) -> PrivateKey {
        try generate("EC") { EVP_PKEY_CTX_set_group_name($0, EllipticCurve.p256.groupName) == 1 }
    }

    /// Makes a fresh RSA key with the public exponent 65537, for RS256; a longer one takes seconds.
    package static func generateRSA(bits: Int = 2048) throws(CryptoError) -> PrivateKey {
        try generate("RSA") { EVP_PKEY_CTX_set_rsa_keygen_bits($0, Int32(clamping: bits)) == 1 }
    }

    /// Makes a fresh Ed25519 key, for EdDSA.
    package static func generateEd25519() throws(CryptoError) -> PrivateKey {
        try generate("ED25519") { _ in true }
    }

    private static func generate(
        _ type: String,
        _ configure: (OpaquePointer) -> Bool
    ) throws(CryptoError) -> PrivateKey {
        defer { ERR_clear_error() }
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else { throw CryptoError(.operationFailed) }
        defer { EVP_PKEY_CTX_free(context) }
        var pointer: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, configure(context), EVP_PKEY_generate(context, &pointer) == 1,
            let pointer
        else { throw CryptoError(.operationFailed) }
        let handle = KeyHandle(adopting: pointer)
        return PrivateKey(handle, try PublicKey(half: handle, type))
    }
}

// MARK: - The public half

extension PublicKey {
    /// The public half of a key pair, checked like any other public key.
    init(half handle: KeyHandle, _ type: String) throws(CryptoError) {
        switch type {
        case "RSA":
            let modulus = try handle.number(OSSL_PKEY_PARAM_RSA_N)
            self = try PublicKey(rsaModulus: modulus, exponent: try handle.number(OSSL_PKEY_PARAM_RSA_E))
        case "EC":
            let count = EllipticCurve.p256.coordinateCount
            let x = try handle.number(OSSL_PKEY_PARAM_EC_PUB_X, count: count)
            self = try PublicKey(curve: .p256, x: x, y: try handle.number(OSSL_PKEY_PARAM_EC_PUB_Y, count: count))
        default:
            var bytes = [UInt8](repeating: 0, count: 32)
            var count = bytes.count
            guard EVP_PKEY_get_raw_public_key(handle.pointer, &bytes, &count) == 1, count == 32 else {
                throw CryptoError(.operationFailed)
            }
            self = try PublicKey(ed25519: bytes)
        }
    }
}
