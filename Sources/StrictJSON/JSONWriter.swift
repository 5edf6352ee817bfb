/// Writes JSON for `--format json`: one line, members in the order given.
///
/// Quotes, backslashes and control characters are escaped, everything else stands as it is in UTF-8.
package enum JSONWriter: Sendable {
    /// `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// An integer.
    case integer(Int64)
    /// A string.
    case string(String)
    /// An array.
    case array([JSONWriter])
    /// An object, in the order given; names are not checked for duplicates.
    case object([(String, JSONWriter)])
    /// A value that was read before, in the bytes that `JSONNode.written` returns.
    case written([UInt8])

    /// A string, or null.
    package static func optional(_ text: String?) -> JSONWriter { text.map(JSONWriter.string) ?? .null }

    /// The text on one line, without a line break at the end.
    package var line: String { String(decoding: bytes, as: UTF8.self) }

    /// The bytes of `line`.
    package var bytes: [UInt8] {
        var output: [UInt8] = []
        write(to: &output)
        return output
    }

    private func write(to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .string(let text): Self.quote(text, to: &output)
        case .array(let elements):
            Self.join(elements, "[", "]", to: &output) { $0.write(to: &$1) }
        case .object(let members):
            Self.join(members, "{", "}", to: &output) { member, output in
                Self.quote(member.0, to: &output)
                output.append(UInt8(ascii: ":"))
                member.1.write(to: &output)
            }
        case .written(let bytes): output += bytes
        }
    }

    private static func join<Element>(
        _ elements: [Element],
        _ open: Unicode.Scalar,
        _ close: Unicode.Scalar,
        to output: inout [UInt8],
        _ body: (Element, inout [UInt8]) -> Void
    ) {
        output.append(UInt8(ascii: open))
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            body(element, &output)
        }
        output.append(UInt8(ascii: close))
    }

    private static func quote(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        defer { output.append(UInt8(ascii: "\"")) }
        var text = text
        text.withUTF8 { bytes in
            var rest = bytes[...]
            // Almost every text needs no escape, and is then copied as a whole.
            while let place = rest.firstIndex(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) {
                output += rest[..<place]
                output += escape(rest[place]).utf8
                rest = rest[(place + 1)...]
            }
            output += rest
        }
    }

    private static func escape(_ byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "\""): return "\\\""
        case UInt8(ascii: "\\"): return "\\\\"
        case UInt8(ascii: "\n"): return "\\n"
        case UInt8(ascii: "\r"): return "\\r"
        case UInt8(ascii: "\t"): return "\\t"
        default:
            let digits = String(byte, radix: 16)
            return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
    }
}
