/// Bytes from outside as a message may show them: short printable ASCII in backticks, anything else only counted.
struct ShownText: CustomStringConvertible {
    let description: String

    init(_ bytes: [UInt8]) {
        let isPrintable = bytes.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "`") }
        description =
            isPrintable && bytes.count <= 200
            ? "`\(String(decoding: bytes, as: UTF8.self))`" : "\(bytes.count) bytes that are not short plain text"
    }
}
