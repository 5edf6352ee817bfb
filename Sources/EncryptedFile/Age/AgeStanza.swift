/// One recipient's part of a header: the file key, wrapped for it.
struct AgeStanza: Hashable, Sendable {
    private static let columns = 64

    let type: String
    let arguments: [String]
    let body: [UInt8]

    /// The stanza as it stands in a header; the last line is short, and empty if need be.
    var text: String {
        let encoded = Array(Base64Text.encode(body, padded: false).utf8)
        var text = (["->", type] + arguments).joined(separator: " ") + "\n"
        for index in stride(from: 0, through: encoded.count, by: Self.columns) {
            let line = encoded[index..<min(index + Self.columns, encoded.count)]
            text += String(decoding: line, as: UTF8.self) + "\n"
        }
        return text
    }
}
