internal import COpenSSL
package import Secrets

/// Keys made out of other secrets.
package enum KeyDerivation {
    /// HKDF, both steps (RFC 5869): `count` bytes out of `secret`; at most 255 digests.
    package static func hkdf(
        _ algorithm: DigestAlgorithm,
        secret: SecretBytes,
        salt: [UInt8],
        info: [UInt8],
        count: Int = 32
    ) throws(CryptoError) -> SecretBytes {
        defer { ERR_clear_error() }
        guard (1...255 * algorithm.byteCount).contains(count), let saltCount = Int32(exactly: salt.count),
            let infoCount = Int32(exactly: info.count), let secretCount = Int32(exactly: secret.count)
        else { throw CryptoError(.malformedParameter) }
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, nil) else { throw CryptoError(.operationFailed) }
        defer { EVP_PKEY_CTX_free(context) }
        let isReady =
            EVP_PKEY_derive_init(context) == 1 && EVP_PKEY_CTX_set_hkdf_md(context, algorithm.evp) == 1
            && EVP_PKEY_CTX_set1_hkdf_salt(context, salt, saltCount) == 1
            && EVP_PKEY_CTX_add1_hkdf_info(context, info, infoCount) == 1
            && secret.withExposedBytes { secret in
                let bytes = secret.baseAddress?.assumingMemoryBound(to: UInt8.self)
                return EVP_PKEY_CTX_set1_hkdf_key(context, bytes, secretCount) == 1
            }
        guard isReady else { throw CryptoError(.operationFailed) }
        let derived = try SecretBytes.derived(count: count) { EVP_PKEY_derive(context, $0, &$1) == 1 }
        guard let derived else { throw CryptoError(.operationFailed) }
        return derived
    }

    /// scrypt (RFC 7914) with r = 8 and p = 1: 32 bytes out of a passphrase, at a cost of 2^`workFactor`.
    ///
    /// It takes 2^`workFactor` KiB of memory, so the caller bounds a factor that comes from outside; 30 is the most here.
    package static func scrypt(
        passphrase: SecretBytes,
        salt: [UInt8],
        workFactor: Int
    ) throws(CryptoError) -> SecretBytes {
        defer { ERR_clear_error() }
        guard (1...30).contains(workFactor) else { throw CryptoError(.malformedParameter) }
        let cost = UInt64(1) << UInt64(workFactor)
        // 128·r·(N + p + 2) bytes and a little more (RFC 7914, section 2); OpenSSL's own limit is 32 MiB.
        let memory = 1024 * (cost + 4) + 4096
        let key = try SecretBytes.derived(count: 32) { room, count in
            passphrase.withExposedBytes { passphrase in
                EVP_PBE_scrypt(
                    passphrase.baseAddress?.assumingMemoryBound(to: CChar.self), passphrase.count,
                    salt, salt.count, cost, 8, 1, memory, room, count
                ) == 1
            }
        }
        guard let key else { throw CryptoError(.operationFailed) }
        return key
    }
}
