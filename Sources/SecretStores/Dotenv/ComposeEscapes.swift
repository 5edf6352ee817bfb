internal import Diagnostics
internal import Secrets

/// The escapes that compose-go knows in double quotes, replaced in locked memory.
enum ComposeEscapes {
    static func expand(_ value: SecretBytes, in source: DotenvSource) throws(Diagnostic) -> SecretBytes {
        guard value.withExposedBytes({ $0.contains(UInt8(ascii: "\\")) }) else { return value }
        do {
            var buffer = try SecretBuffer(capacity: value.count)
            try value.withExposedBytes { bytes throws(SecretMemoryError) in
                var offset = 0
                while offset < bytes.count {
                    let used = try replace(at: offset, bytes, &buffer)
                    if used == 0 { try buffer.append(bytes[offset]) }
                    offset += max(used, 1)
                }
            }
            return buffer.finish()
        } catch {
            throw source.noMemory
        }
    }

    /// Appends what an escape stands for and returns its length, or 0 where none starts.
    private static func replace(
        at start: Int,
        _ bytes: UnsafeRawBufferPointer,
        _ buffer: inout SecretBuffer
    ) throws(SecretMemoryError) -> Int {
        guard bytes[start] == UInt8(ascii: "\\"), start + 1 < bytes.count else { return 0 }
        switch bytes[start + 1] {
        case UInt8(ascii: "$"):
            // The references are replaced next, and take `$$` for a `$`.
            try buffer.append("$$")
        case UInt8(ascii: "0"): return try replaceOctal(at: start, bytes, &buffer)
        case UInt8(ascii: "c"): try buffer.append("\\c")
        default:
            guard let byte = meaning(of: bytes[start + 1]) else { return 0 }
            try buffer.append(byte)
        }
        return 2
    }

    /// `\0` and three digits are a character; with fewer digits, or a number above 255, only the `0` goes.
    private static func replaceOctal(
        at start: Int,
        _ bytes: UnsafeRawBufferPointer,
        _ buffer: inout SecretBuffer
    ) throws(SecretMemoryError) -> Int {
        let digits = bytes[(start + 2)...].prefix(3).prefix { (0x30...0x39).contains($0) }
        let value = digits.reduce(UInt32(0)) { $0 * 8 + UInt32($1 - 0x30) }
        let isOctal = digits.count == 3 && digits.allSatisfy { $0 < 0x38 } && value <= 0xFF
        if isOctal, let scalar = Unicode.Scalar(value) {
            for byte in UTF8.encode(scalar) ?? .init() { try buffer.append(byte) }
        } else {
            try buffer.append(UInt8(ascii: "\\"))
            try buffer.append(UnsafeRawBufferPointer(rebasing: digits))
        }
        return 2 + digits.count
    }

    private static func meaning(of letter: UInt8) -> UInt8? {
        [UInt8(ascii: "\\"), UInt8(ascii: "\"")].contains(letter) ? letter : DotenvControl.meaning(of: letter)
    }
}
