/// CRC-32 as in gzip (RFC 1952, section 8): no protection, only a sign of a slip.
enum Checksum {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(byte) { rest, _ in rest >> 1 ^ (rest & 1 == 1 ? 0xEDB8_8320 : 0) }
    }

    static func crc32(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        let table = table
        return ~bytes.reduce(~UInt32(0)) { sum, byte in sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
    }
}
