internal import COpenSSL

/// An ECDSA signature, between the fixed-length form of JWS and the DER form of OpenSSL.
struct ECDSASignature {
    private let r: [UInt8]
    private let s: [UInt8]

    /// Takes r‖s apart: exactly two coordinates, each in 1..<n.
    ///
    /// The range is checked here and not left to the library: r = s = 0 was good for any message elsewhere
    /// (CVE-2022-21449).
    init(_ bytes: [UInt8], on curve: EllipticCurve) throws(CryptoError) {
        let size = curve.coordinateSize
        guard bytes.count == 2 * size else { throw CryptoError(code: .unsuitableKey) }
        r = Array(bytes[..<size])
        s = Array(bytes[size...])
        let order = try curve.order()
        for half in [r, s] {
            guard half.contains(where: { $0 != 0 }), half.lexicographicallyPrecedes(order) else {
                throw CryptoError(code: .unsuitableKey)
            }
        }
    }

    /// Reads what OpenSSL wrote.
    static func fixedLength(der: [UInt8], on curve: EllipticCurve) throws(CryptoError) -> [UInt8] {
        let signature: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var cursor = buffer.baseAddress
            return d2i_ECDSA_SIG(nil, &cursor, buffer.count)
        }
        guard let signature else { throw OpenSSLFailure.clear(.operationFailed) }
        defer { ECDSA_SIG_free(signature) }
        let size = curve.coordinateSize
        var halves: [UInt8] = []
        for number in [ECDSA_SIG_get0_r(signature), ECDSA_SIG_get0_s(signature)] {
            var half = [UInt8](repeating: 0, count: size)
            guard BN_bn2binpad(number, &half, Int32(size)) == Int32(size) else {
                throw OpenSSLFailure.clear(.operationFailed)
            }
            halves += half
        }
        return halves
    }

    /// The DER form.
    func der() throws(CryptoError) -> [UInt8] {
        guard let signature = ECDSA_SIG_new() else { throw OpenSSLFailure.clear(.operationFailed) }
        defer { ECDSA_SIG_free(signature) }
        let (r, s) = (BN_bin2bn(r, Int32(r.count), nil), BN_bin2bn(s, Int32(s.count), nil))
        // On success the signature owns both numbers.
        guard r != nil, s != nil, ECDSA_SIG_set0(signature, r, s) == 1 else {
            BN_free(r)
            BN_free(s)
            throw OpenSSLFailure.clear(.operationFailed)
        }
        let count = i2d_ECDSA_SIG(signature, nil)
        guard count > 0 else { throw OpenSSLFailure.clear(.operationFailed) }
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, written in
            var cursor = buffer.baseAddress
            written = Int(max(i2d_ECDSA_SIG(signature, &cursor), 0))
        }
    }
}
