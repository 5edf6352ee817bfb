/// Writes JSON for `--format json`: one line, members in the order given.
///
/// Quotes, backslashes and control characters are escaped, everything else stands as it is in UTF-8.
package indirect enum JSONWriter: Sendable {
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

    /// A string, or null.
    package static func optional(_ text: String?) -> JSONWriter { text.map(JSONWriter.string) ?? .null }

    /// The text on one line, without a line break at the end.
    package var line: String {
        var output = ""
        write(to: &output)
        return output
    }

    private func write(to output: inout String) {
        switch self {
        case .null: output += "null"
        case .bool(let value): output += value ? "true" : "false"
        case .integer(let value): output += String(value)
        case .string(let text): Self.quote(text, to: &output)
        case .array(let elements):
            Self.join(elements, "[", "]", to: &output) { $0.write(to: &$1) }
        case .object(let members):
            Self.join(members, "{", "}", to: &output) { member, output in
                Self.quote(member.0, to: &output)
                output += ":"
                member.1.write(to: &output)
            }
        }
    }

    private static func join<Element>(
        _ elements: [Element],
        _ open: String,
        _ close: String,
        to output: inout String,
        _ body: (Element, inout String) -> Void
    ) {
        output += open
        for (index, element) in elements.enumerated() {
            if index > 0 { output += "," }
            body(element, &output)
        }
        output += close
    }

    private static func quote(_ text: String, to output: inout String) {
        output += "\""
        defer { output += "\"" }
        // Almost every text needs no escape, and is then copied as a whole.
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x22 || $0 == 0x5C || $0 == 0x7F }) else {
            output += text
            return
        }
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": output += "\\\""
            case "\\": output += "\\\\"
            case "\n": output += "\\n"
            case "\r": output += "\\r"
            case "\t": output += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: output.unicodeScalars.append(scalar)
            }
        }
    }
}
