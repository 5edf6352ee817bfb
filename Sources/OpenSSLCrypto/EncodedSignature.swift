internal import COpenSSL

/// An ECDSA signature in the DER form that OpenSSL wants, made from `r || s` (IEEE P1363).
struct EncodedSignature: ~Copyable {
    private let memory: UnsafeMutablePointer<UInt8>
    private let count: Int

    /// Nil unless `pair` has exactly two coordinates' length and both halves lie strictly between 0 and the order.
    ///
    /// The range is checked here too, because zeros that verify were once a hole in a widespread library
    /// (CVE-2022-21449).
    init?(pair: UnsafeRawBufferPointer, on curve: EllipticCurve) {
        let half = curve.coordinateCount
        guard pair.count == 2 * half else { return nil }
        let r = UnsafeRawBufferPointer(rebasing: pair[..<half])
        let s = UnsafeRawBufferPointer(rebasing: pair[half...])
        guard Self.isInRange(r, curve), Self.isInRange(s, curve) else { return nil }
        guard let signature = Self.signature(r, s) else { return nil }
        defer { ECDSA_SIG_free(signature) }
        var memory: UnsafeMutablePointer<UInt8>?
        let count = i2d_ECDSA_SIG(signature, &memory)
        guard count > 0, let memory else { return nil }
        self.memory = memory
        self.count = Int(count)
    }

    deinit {
        inject_openssl_clear_free(memory, count)
    }

    /// Lends the DER bytes.
    borrowing func withBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        body(UnsafeRawBufferPointer(start: memory, count: count))
    }

    /// Writes the DER signature that OpenSSL made as `r || s`.
    static func pair(of encoded: [UInt8], on curve: EllipticCurve) throws(CryptoError) -> [UInt8] {
        let half = curve.coordinateCount
        let signature = encoded.withUnsafeBufferPointer { bytes in
            var next = bytes.baseAddress
            return d2i_ECDSA_SIG(nil, &next, bytes.count)
        }
        guard let signature else { throw CryptoError(.operationFailed) }
        defer { ECDSA_SIG_free(signature) }
        var pair = [UInt8](repeating: 0, count: 2 * half)
        let isWritten = pair.withUnsafeMutableBufferPointer { pair in
            BN_bn2binpad(ECDSA_SIG_get0_r(signature), pair.baseAddress, Int32(half)) == Int32(half)
                && BN_bn2binpad(ECDSA_SIG_get0_s(signature), pair.baseAddress?.advanced(by: half), Int32(half))
                    == Int32(half)
        }
        guard isWritten else { throw CryptoError(.operationFailed) }
        return pair
    }

    private static func isInRange(_ number: UnsafeRawBufferPointer, _ curve: EllipticCurve) -> Bool {
        number.contains { $0 != 0 } && number.lexicographicallyPrecedes(curve.order)
    }

    private static func signature(_ r: UnsafeRawBufferPointer, _ s: UnsafeRawBufferPointer) -> OpaquePointer? {
        let first = BN_bin2bn(r.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(r.count), nil)
        let second = BN_bin2bn(s.baseAddress?.assumingMemoryBound(to: UInt8.self), Int32(s.count), nil)
        if let signature = ECDSA_SIG_new(), ECDSA_SIG_set0(signature, first, second) == 1 { return signature }
        BN_free(first)
        BN_free(second)
        return nil
    }
}
