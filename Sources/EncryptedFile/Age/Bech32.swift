import Secrets

/// The text form of age's keys: Bech32 (BIP 173) without its limit of length.
enum Bech32 {
    private static let digits = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

    /// The 32 bytes of a key, or nil where text, checksum or prefix are wrong.
    static func decode(_ text: SecretBytes, prefix: String) -> SecretBytes? {
        text.withExposedBytes { text in
            guard let values = values(text, prefix: prefix) else { return nil }
            defer { SecretBuffer.wipe(values) }
            guard checksum(prefix, values[...]) == 1 else { return nil }
            return bytes(values[..<(values.count - 6)])
        }
    }

    /// The text of bytes that are no secret.
    static func encode(_ bytes: [UInt8], prefix: String) -> String {
        var values: [UInt8] = []
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for byte in bytes {
            bits = bits << 8 | UInt32(byte)
            count += 8
            while count >= 5 {
                count -= 5
                values.append(UInt8(bits >> count & 31))
            }
        }
        if count > 0 { values.append(UInt8(bits << (5 - count) & 31)) }
        let padded = values + [0, 0, 0, 0, 0, 0]
        let sum = padded.withUnsafeBytes { checksum(prefix, $0[...]) } ^ 1
        values += (0..<6).map { UInt8(sum >> UInt32(5 * (5 - $0)) & 31) }
        return prefix + "1" + String(decoding: values.map { digits[Int($0)] }, as: UTF8.self)
    }

    /// The values of 5 bits behind the prefix, in memory that the caller wipes; one case throughout.
    private static func values(_ text: UnsafeRawBufferPointer, prefix: String) -> UnsafeMutableRawBufferPointer? {
        let hasCapitals = text.contains { (0x41...0x5A).contains($0) }
        let hasSmall = text.contains { (0x61...0x7A).contains($0) }
        let start = Array((prefix + "1").utf8)
        guard !(hasCapitals && hasSmall), text.count >= start.count + 6,
            zip(text, start).allSatisfy({ lowercase($0) == $1 })
        else { return nil }
        let values = UnsafeMutableRawBufferPointer.allocate(byteCount: text.count - start.count, alignment: 1)
        for (index, byte) in text[start.count...].enumerated() {
            guard let value = digits.firstIndex(of: lowercase(byte)) else {
                SecretBuffer.wipe(values)
                values.deallocate()
                return nil
            }
            values[index] = UInt8(value)
        }
        return values
    }

    private static func lowercase(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }

    private static func bytes(_ values: Slice<UnsafeMutableRawBufferPointer>) -> SecretBytes? {
        guard var output = try? SecretBuffer(capacity: 64) else { return nil }
        var bits: UInt32 = 0
        var count: UInt32 = 0
        for value in values {
            bits = (bits << 5 | UInt32(value)) & 0xFFF
            count += 5
            guard count >= 8 else { continue }
            count -= 8
            guard (try? output.append(UInt8(truncatingIfNeeded: bits >> count))) != nil else { return nil }
        }
        guard count < 5, bits & (1 << count - 1) == 0 else { return nil }
        return output.finish()
    }

    private static func checksum(_ prefix: String, _ values: some Collection<UInt8>) -> UInt32 {
        let generators: [UInt32] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3]
        var sum: UInt32 = 1
        let add = { (value: UInt8, sum: inout UInt32) in
            let top = sum >> 25
            sum = (sum & 0x1FF_FFFF) << 5 ^ UInt32(value)
            for (index, generator) in generators.enumerated() where top >> UInt32(index) & 1 == 1 { sum ^= generator }
        }
        for byte in prefix.utf8 { add(byte >> 5, &sum) }
        add(0, &sum)
        for byte in prefix.utf8 { add(byte & 31, &sum) }
        for value in values { add(value, &sum) }
        return sum
    }
}
