/// The header before a member of a ZIP file (APPNOTE.TXT, section 4.3.7).
struct ZipHeader {
    /// How the member's bytes are written.
    enum Method: Equatable {
        case stored
        case deflated
        /// One of the others, by its number.
        case other(Int)
    }

    static let size = 30
    static let signature: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    private static let large = 0xFFFF_FFFF

    let isEncrypted: Bool
    /// Whether sizes stand behind the member instead, in a data descriptor.
    let hasDescriptor: Bool
    let method: Method
    /// How many bytes of name and of extra fields follow the header.
    let nameCount: Int
    let extraCount: Int
    private let size: Int

    /// Reads the fixed part; nil where no member begins.
    init?(_ bytes: [UInt8]) {
        guard bytes.count >= Self.size, bytes.starts(with: Self.signature) else { return nil }
        func number(_ place: Int, _ count: Int) -> Int { Self.number(bytes[place..<place + count]) }
        isEncrypted = number(6, 2) & 1 != 0
        hasDescriptor = number(6, 2) & 8 != 0
        method =
            switch number(8, 2) {
            case 0: .stored
            case 8: .deflated
            default: .other(number(8, 2))
            }
        size = number(18, 4)
        nameCount = number(26, 2)
        extraCount = number(28, 2)
    }

    /// How many bytes the member has in the file, of the header or of its extra fields (section 4.5.3).
    ///
    /// Nil where only the data descriptor says it.
    func byteCount(extra: ArraySlice<UInt8>) -> Int? {
        guard size == Self.large else { return hasDescriptor && size == 0 ? nil : size }
        var rest = extra
        while rest.count >= 4 {
            let (kind, count) = (Self.number(rest.prefix(2)), Self.number(rest.dropFirst(2).prefix(2)))
            let field = rest.dropFirst(4).prefix(count)
            // First the size it will have, and then the size it has here.
            if kind == 1, field.count >= 16 { return Self.number(field.dropFirst(8).prefix(8)) }
            rest = rest.dropFirst(4 + count)
        }
        return nil
    }

    /// A number whose lowest byte comes first; larger than any file where it has 64 bits.
    private static func number(_ bytes: ArraySlice<UInt8>) -> Int {
        bytes.reversed().reduce(0) { $0 > Int.max >> 8 ? Int.max : $0 << 8 | Int($1) }
    }
}
