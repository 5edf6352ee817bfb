package import Secrets

/// Base64url without padding (RFC 7515, section 2), in its one canonical form.
package enum Base64URL {
    /// Decodes `text` into `output` and returns the number of bytes, or nil.
    ///
    /// Nil for every text that encoding would not give back: padding, `+` or `/`, white space, set bits behind the last
    /// byte, a length of 4n + 1; also where `output` has not room for three bytes for each four. What was written then
    /// means nothing.
    package static func decode(_ text: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Int? {
        guard let count = decodedCount(text.count), output.count >= count else { return nil }
        var written = 0
        var bits: UInt32 = 0
        var pending = 0
        for byte in text {
            guard let digit = value(of: byte) else { return nil }
            bits = bits << 6 | digit
            pending += 6
            guard pending >= 8 else { continue }
            pending -= 8
            output[written] = UInt8(truncatingIfNeeded: bits >> UInt32(pending))
            bits &= 1 << UInt32(pending) - 1
            written += 1
        }
        return bits == 0 ? written : nil
    }

    /// Decodes text that is no secret, or returns nil as `decode(_:into:)` does.
    package static func decode(_ text: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let capacity = decodedCount(text.count) else { return nil }
        var isCanonical = false
        let bytes = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, count in
            let written = decode(text, into: UnsafeMutableRawBufferPointer(buffer))
            isCanonical = written != nil
            count = written ?? 0
        }
        return isCanonical ? bytes : nil
    }

    /// Appends the encoding of `bytes`, which may be secret.
    package static func encode(_ bytes: UnsafeRawBufferPointer, to output: inout SecretBuffer) throws(SecretMemoryError)
    {
        let count = encodedCount(bytes.count)
        _ = try output.appendUninitialized(capacity: count) { room in
            encode(bytes, into: room)
            return count
        }
    }

    /// The encoding of bytes that are no secret.
    package static func encode(_ bytes: [UInt8]) -> String {
        let count = encodedCount(bytes.count)
        return String(unsafeUninitializedCapacity: count) { room in
            bytes.withUnsafeBytes { encode($0, into: UnsafeMutableRawBufferPointer(room)) }
            return count
        }
    }
}

extension Base64URL {
    /// How many bytes so many digits stand for; nil for 4n + 1, which no bytes have.
    private static func decodedCount(_ digits: Int) -> Int? {
        let rest = digits % 4
        return rest == 1 ? nil : digits / 4 * 3 + max(rest - 1, 0)
    }

    private static func encodedCount(_ bytes: Int) -> Int { bytes / 3 * 4 + (bytes % 3 == 0 ? 0 : bytes % 3 + 1) }

    /// Fills the first `encodedCount` bytes of `output`.
    private static func encode(_ bytes: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        var written = 0
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            var bits = group.reduce(UInt32(0)) { $0 << 8 | UInt32($1) } << UInt32(8 * (4 - group.count))
            for _ in 0...group.count {
                output[written] = digit(UInt8(bits >> 26))
                bits <<= 6
                written += 1
            }
        }
    }

    private static func value(of byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a") + 26)
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0") + 52)
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: nil
        }
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + (value - 26)
        case 52..<62: UInt8(ascii: "0") + (value - 52)
        case 62: UInt8(ascii: "-")
        default: UInt8(ascii: "_")
        }
    }
}
