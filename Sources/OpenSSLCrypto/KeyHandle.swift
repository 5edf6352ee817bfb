internal import COpenSSL

/// The sole owner of an `EVP_PKEY`.
// Sendable: the key is never changed after the initialiser, and OpenSSL's reads of a key are safe from several threads
// (openssl-threads(7)).
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    deinit { EVP_PKEY_free(pointer) }

    /// A public key from its numbers; refuses a point that is not on its curve.
    static func makePublic(_ components: PublicKeyComponents) throws(CryptoError) -> KeyHandle {
        switch components {
        case .rsa(let modulus, let exponent):
            try fromData("RSA") { builder in
                builder.push(OSSL_PKEY_PARAM_RSA_N, number: modulus)
                builder.push(OSSL_PKEY_PARAM_RSA_E, number: exponent)
            }
        case .elliptic(let curve, let x, let y):
            try fromData("EC") { builder in
                builder.push(OSSL_PKEY_PARAM_GROUP_NAME, text: curve.groupName)
                builder.push(OSSL_PKEY_PARAM_PUB_KEY, bytes: [0x04] + x + y)
            }.checked()
        case .ed25519(let bytes):
            try ed25519(bytes)
        }
    }

    private static func ed25519(_ bytes: [UInt8]) throws(CryptoError) -> KeyHandle {
        guard let key = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count) else {
            throw OpenSSLFailure.clear(.invalidKey)
        }
        return KeyHandle(adopting: key)
    }

    private static func fromData(
        _ type: String,
        _ fill: (inout ParameterBuilder) -> Void
    ) throws(CryptoError) -> KeyHandle {
        var builder = try ParameterBuilder()
        fill(&builder)
        let parameters = try builder.finish()
        guard let context = EVP_PKEY_CTX_new_from_name(nil, type, nil) else {
            throw OpenSSLFailure.clear(.operationFailed)
        }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_fromdata_init(context) == 1,
            EVP_PKEY_fromdata(context, &key, inject_evp_public_key(), parameters.pointer) == 1, let key
        else { throw OpenSSLFailure.clear(.invalidKey) }
        return KeyHandle(adopting: key)
    }

    private func checked() throws(CryptoError) -> KeyHandle {
        guard let context = EVP_PKEY_CTX_new_from_pkey(nil, pointer, nil) else {
            throw OpenSSLFailure.clear(.operationFailed)
        }
        defer { EVP_PKEY_CTX_free(context) }
        guard EVP_PKEY_public_check(context) == 1 else { throw OpenSSLFailure.clear(.invalidKey) }
        return self
    }
}
