internal import COpenSSL
package import Secrets

extension PrivateKey {
    /// Reads back the P-256 key that `exportP256` wrote: a scalar of 32 bytes, big-endian.
    ///
    /// Refused unless 0 < scalar < order; the public point is computed anew.
    package static func importP256(_ scalar: SecretBytes) throws(CryptoError) -> PrivateKey {
        defer { ERR_clear_error() }
        let curve = EllipticCurve.p256
        let isInRange = scalar.withExposedBytes { bytes in
            bytes.count == curve.coordinateCount && bytes.contains { $0 != 0 }
                && bytes.lexicographicallyPrecedes(curve.order)
        }
        guard isInRange else { throw CryptoError(.malformedKey) }
        let point = try scalar.withExposedBytes { bytes throws(CryptoError) in try publicPoint(of: bytes) }
        var parameters = try KeyParameters()
        try parameters.add(text: curve.groupName, as: OSSL_PKEY_PARAM_GROUP_NAME)
        try parameters.add(octets: point, as: OSSL_PKEY_PARAM_PUB_KEY)
        try scalar.withExposedBytes { bytes throws(CryptoError) in
            try parameters.add(secret: bytes, as: OSSL_PKEY_PARAM_PRIV_KEY)
        }
        // A scalar in range and the point computed from it are a pair: a check would only compute the point again.
        let handle = try KeyHandle("EC", inject_openssl_key_pair_parts(), parameters)
        return PrivateKey(handle, try PublicKey(half: handle, "EC"))
    }

    /// The scalar of a P-256 key, 32 bytes, big-endian; other keys are not stored and have no export.
    package func exportP256() throws(CryptoError) -> SecretBytes {
        defer { ERR_clear_error() }
        guard case .ec(.p256, _, _) = publicKey.components else { throw CryptoError(.unsupportedKey) }
        var number = BN_secure_new()
        defer { BN_clear_free(number) }
        guard number != nil, EVP_PKEY_get_bn_param(handle.pointer, OSSL_PKEY_PARAM_PRIV_KEY, &number) == 1 else {
            throw CryptoError(.operationFailed)
        }
        let count = EllipticCurve.p256.coordinateCount
        do throws(SecretMemoryError) {
            var buffer = try SecretBuffer(capacity: count)
            let written = try buffer.appendUninitialized(capacity: count) { room in
                Int(BN_bn2binpad(number, room.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(count)))
            }
            guard written == count else { throw SecretMemoryError(byteCount: count) }
            return buffer.finish()
        } catch {
            throw CryptoError(.noSecretMemory)
        }
    }

    /// Reads an Ed25519 key from its 32 bytes (RFC 8032, section 5.1.5); every value is one.
    package static func importEd25519(_ seed: SecretBytes) throws(CryptoError) -> PrivateKey {
        defer { ERR_clear_error() }
        let pointer = seed.withExposedBytes { bytes in
            EVP_PKEY_new_raw_private_key_ex(
                nil, "ED25519", nil, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count
            )
        }
        guard seed.count == 32, let pointer else { throw CryptoError(.malformedKey) }
        let handle = KeyHandle(adopting: pointer)
        return PrivateKey(handle, try PublicKey(half: handle, "ED25519"))
    }

    /// `scalar · G` on P-256, uncompressed.
    private static func publicPoint(of scalar: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
        guard let group = EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1) else { throw CryptoError(.operationFailed) }
        defer { EC_GROUP_free(group) }
        let point = EC_POINT_new(group)
        let number = BN_secure_new()
        defer {
            EC_POINT_clear_free(point)
            BN_clear_free(number)
        }
        let digits = scalar.baseAddress?.assumingMemoryBound(to: UInt8.self)
        var encoded = [UInt8](repeating: 0, count: 1 + 2 * EllipticCurve.p256.coordinateCount)
        guard BN_bin2bn(digits, Int32(clamping: scalar.count), number) != nil,
            EC_POINT_mul(group, point, number, nil, nil, nil) == 1,
            EC_POINT_point2oct(group, point, POINT_CONVERSION_UNCOMPRESSED, &encoded, encoded.count, nil)
                == encoded.count
        else { throw CryptoError(.malformedKey) }
        return encoded
    }
}
