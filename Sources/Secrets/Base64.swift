/// Base64 with the standard alphabet and padding (RFC 4648, section 4), in secret memory.
package enum Base64 {
    /// The bytes of a text, or nil where it is not exactly what an encoder writes.
    package static func decode(_ text: SecretBytes) throws(SecretMemoryError) -> SecretBytes? {
        let padding = text.withExposedBytes { $0.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count }
        guard text.count.isMultiple(of: 4) else { return nil }
        var output = try SecretBuffer(capacity: text.count / 4 * 3)
        let isValid = try text.withExposedBytes { (text) throws(SecretMemoryError) -> Bool in
            var group: UInt32 = 0
            var bits = 0
            for byte in text.dropLast(padding) {
                guard let value = value(of: byte) else { return false }
                group = group << 6 | UInt32(value)
                bits += 6
                guard bits >= 8 else { continue }
                bits -= 8
                try output.append(UInt8(truncatingIfNeeded: group >> UInt32(bits)))
            }
            // Bits that no byte needs are zero, so that there is one text for each value.
            return group & ((1 << UInt32(bits)) - 1) == 0
        }
        return isValid ? output.finish() : nil
    }

    /// Appends the text of `bytes` to what is being built.
    package static func append(
        _ bytes: UnsafeRawBufferPointer,
        to output: inout SecretBuffer
    ) throws(SecretMemoryError) {
        var index = 0
        while index < bytes.count {
            let count = min(3, bytes.count - index)
            var group: UInt32 = 0
            for offset in 0..<3 { group = group << 8 | UInt32(offset < count ? bytes[index + offset] : 0) }
            for place in 0..<4 {
                let value = UInt8(group >> UInt32(18 - 6 * place) & 63)
                try output.append(place <= count ? digit(of: value) : UInt8(ascii: "="))
            }
            index += 3
        }
    }

    /// Without a table: its lines in the cache would tell which parts of it a secret touched.
    private static func value(of digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    private static func digit(of value: UInt8) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + value
        case 26..<52: UInt8(ascii: "a") + value - 26
        case 52..<62: UInt8(ascii: "0") + value - 52
        case 62: UInt8(ascii: "+")
        default: UInt8(ascii: "/")
        }
    }
}
