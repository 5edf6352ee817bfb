internal import COpenSSL

/// A public key that passed every check we know: whoever holds one may verify with it.
package struct PublicKey: Sendable {
    /// The numbers the key was made of.
    package let components: PublicKeyComponents
    let handle: KeyHandle

    /// Makes an RSA key; both numbers are big-endian without leading zero bytes.
    ///
    /// Refused are moduli outside 2048…8192 bits or with the ROCA fingerprint, and exponents that are even, below
    /// 65537 or above 64 bits (NIST SP 800-56B, revision 2, section 6.2, asks the same; its upper bound is 256 bits,
    /// OpenSSL's for long moduli 64).
    package init(rsaModulus modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) {
        defer { ERR_clear_error() }
        try Self.check(modulus: modulus, exponent: exponent)
        var parameters = try KeyParameters()
        try parameters.add(number: modulus, as: OSSL_PKEY_PARAM_RSA_N)
        try parameters.add(number: exponent, as: OSSL_PKEY_PARAM_RSA_E)
        handle = try KeyHandle("RSA", inject_openssl_public_key_parts(), parameters)
        components = .rsa(modulus: modulus, exponent: exponent)
    }

    /// Makes a key from a point; both coordinates have exactly the curve's length.
    package init(curve: EllipticCurve, x: [UInt8], y: [UInt8]) throws(CryptoError) {
        defer { ERR_clear_error() }
        guard x.count == curve.coordinateCount, y.count == curve.coordinateCount else {
            throw CryptoError(.malformedKey)
        }
        var parameters = try KeyParameters()
        try parameters.add(text: curve.groupName, as: OSSL_PKEY_PARAM_GROUP_NAME)
        try parameters.add(octets: [4] + x + y, as: OSSL_PKEY_PARAM_PUB_KEY)
        do throws(CryptoError) {
            handle = try KeyHandle("EC", inject_openssl_public_key_parts(), parameters)
        } catch {
            // The form is right, so what OpenSSL refuses is the point.
            throw CryptoError(error.code == .malformedKey ? .pointNotOnCurve : error.code)
        }
        // Quick: these curves have the cofactor 1 (NIST SP 800-186), so every point on them has the one prime order, and
        // multiplying by it proves nothing more.
        guard handle.passes(EVP_PKEY_public_check_quick) else { throw CryptoError(.pointNotOnCurve) }
        components = .ec(curve, x: x, y: y)
    }

    /// Makes an Ed25519 key from its 32 bytes.
    package init(ed25519 bytes: [UInt8]) throws(CryptoError) {
        defer { ERR_clear_error() }
        guard bytes.count == 32, !SmallOrderPoint.isEncoded(by: bytes) else { throw CryptoError(.malformedKey) }
        // The point is not looked at before it verifies.
        guard let pointer = EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count) else {
            throw CryptoError(.operationFailed)
        }
        handle = KeyHandle(adopting: pointer)
        components = .ed25519(bytes)
    }
}

extension PublicKey {
    private static func check(modulus: [UInt8], exponent: [UInt8]) throws(CryptoError) {
        guard let top = modulus.first, top != 0, let last = modulus.last, last & 1 == 1 else {
            throw CryptoError(.malformedKey)
        }
        let bits = modulus.count * 8 - top.leadingZeroBitCount
        guard bits >= 2048 else { throw CryptoError(.modulusTooShort) }
        guard bits <= 8192 else { throw CryptoError(.modulusTooLong) }
        guard let leading = exponent.first, leading != 0 else { throw CryptoError(.malformedKey) }
        guard exponent.count <= 8 else { throw CryptoError(.weakExponent) }
        let value = exponent.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard value >= 65537, value & 1 == 1 else { throw CryptoError(.weakExponent) }
        guard !ROCAFingerprint.matches(modulus) else { throw CryptoError(.factorableModulus) }
    }
}
