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
        return values.withUnsafeBufferPointer { values in
            // Each value that is none has this bit, so one look at all of them together is enough.
            var seen: UInt8 = 0
            func bits(_ digits: Range<Int>) -> UInt32 {
                digits.reduce(0) { bits, place in
                    let value = values[Int(text[place])]
                    seen |= value
                    return bits << 6 | UInt32(value)
                }
            }
            var (place, written) = (0, 0)
            while place + 4 <= text.count {
                let group = bits(place..<place + 4)
                output[written] = UInt8(truncatingIfNeeded: group >> 16)
                output[written + 1] = UInt8(truncatingIfNeeded: group >> 8)
                output[written + 2] = UInt8(truncatingIfNeeded: group)
                (place, written) = (place + 4, written + 3)
            }
            let rest = bits(place..<text.count) << UInt32(6 * (4 - (text.count - place)))
            for index in 0..<count - written {
                output[written + index] = UInt8(truncatingIfNeeded: rest >> UInt32(16 - 8 * index))
            }
            let isCanonical = rest << UInt32(8 * (count - written)) & 0xFF_FFFF == 0
            return seen & noValue == 0 && isCanonical ? count : nil
        }
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

    private static let noValue: UInt8 = 64

    /// What each byte stands for as a digit.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: noValue, count: 256)
        for value in 0..<noValue { values[Int(digit(value))] = value }
        return values
    }()

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
