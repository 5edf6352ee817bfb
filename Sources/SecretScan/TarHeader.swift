/// A block of a tar file that announces a member (POSIX.1-2017, pax, "ustar Interchange Format").
struct TarHeader {
    /// What the member's bytes are.
    enum Kind {
        /// A file's content.
        case file
        /// The name of the next file, as GNU tar writes a long one.
        case longName
        /// Properties of the next file, its name among them.
        case properties
        /// A folder, a link, or something else that has no content.
        case other
    }

    static let size = 512

    let name: [UInt8]
    let byteCount: Int
    let kind: Kind

    /// Nil where the block's checksum is not its own, which also tells a tar file from any other.
    init?(_ block: UnsafeRawBufferPointer) {
        guard block.count >= Self.size, block[0] != 0,
            Self.number(block[148..<156]) == Self.checksum(block[..<Self.size]),
            let byteCount = Self.number(block[124..<136])
        else { return nil }
        self.byteCount = byteCount
        let prefix = block[257..<262].elementsEqual("ustar".utf8) ? Self.text(block[345..<500]) : []
        let name = Self.text(block[..<100])
        self.name = prefix.isEmpty ? name : prefix + [UInt8(ascii: "/")] + name
        kind =
            switch block[156] {
            case 0, UInt8(ascii: "0"), UInt8(ascii: "7"): .file
            case UInt8(ascii: "L"): .longName
            case UInt8(ascii: "x"): .properties
            default: .other
            }
    }

    private static func text(_ field: Slice<UnsafeRawBufferPointer>) -> [UInt8] { Array(field.prefix { $0 != 0 }) }

    /// Octal digits, or GNU's binary number where the first bit is set; nil for what is neither or too large.
    private static func number(_ field: Slice<UnsafeRawBufferPointer>) -> Int? {
        if let first = field.first, first & 0x80 != 0 {
            let bytes = [first & 0x7F] + field.dropFirst()
            return bytes.reduce(0 as Int?) { sum, byte in
                guard let sum, sum < 1 << 48 else { return nil }
                return sum << 8 | Int(byte)
            }
        }
        let digits = field.drop { $0 == 0x20 }.prefix { (UInt8(ascii: "0")...UInt8(ascii: "7")).contains($0) }
        guard !digits.isEmpty else { return nil }
        return digits.reduce(0) { $0 << 3 | Int($1 - UInt8(ascii: "0")) }
    }

    /// The sum of all bytes, with spaces in the sum's own place.
    private static func checksum(_ block: Slice<UnsafeRawBufferPointer>) -> Int {
        block.indices.reduce(0) { $0 + Int((148..<156).contains($1) ? 0x20 : block[$1]) }
    }
}
