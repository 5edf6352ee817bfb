extension Diagnostic {
    /// The diagnostic as a person reads it: message, place, the line with a caret, remarks; ends with a line break.
    ///
    /// One about the run, and not about a place in a file, starts with `inject: `, because it stands in a log between
    /// other programs' lines.
    package var text: String { text(of: "inject") }

    /// The same, said by another program.
    package func text(of program: String) -> String {
        let head = "\(severity.rawValue)[\(id)]: \(message.visible)\n"
        guard let place else { return program + ": " + head + remarkLines(indent: "  ") }
        switch place {
        case .file(let name): return head + "  --> \(name.visible)\n" + remarkLines(indent: "  ")
        case .line(let name, let line): return head + "  --> \(name.visible):\(line)\n" + remarkLines(indent: "  ")
        case .span(let span, let label): return head + excerpt(span, label)
        }
    }

    private func excerpt(_ span: SourceSpan, _ label: String?) -> String {
        let number = String(span.line)
        let gutter = String(repeating: " ", count: number.count)
        let (line, before) = Self.window(span.source.text(ofLine: span.line), column: span.column)
        let indent = String(repeating: " ", count: before)
        let caret = indent + String(repeating: "^", count: min(span.widthOnFirstLine, max(line.count - before, 1)))
        var text = "\(gutter)--> \(span.source.name.visible):\(span.line):\(span.column)\n"
        text += "\(gutter) |\n"
        text += "\(number) | \(line.visible)\n"
        text += "\(gutter) | \(caret)\(label.map { " " + $0.visible } ?? "")\n"
        guard !remarks.isEmpty else { return text }
        return text + "\(gutter) |\n" + remarkLines(indent: gutter + " ")
    }

    /// The longest line that is shown whole, in characters.
    private static let longest = 400

    /// A line, or of a long one the part around a column, and how many characters stand before that column.
    ///
    /// Thousands of mistakes in one long line must not print that line thousands of times.
    private static func window(_ line: String, column: Int) -> (line: String, before: Int) {
        let isASCII = line.utf8.allSatisfy { $0 < 0x80 }
        let count = isASCII ? line.utf8.count : line.count
        guard count > longest else { return (line, column - 1) }
        let start = min(max(column - 1 - longest / 4, 0), count - longest)
        let part =
            isASCII
            ? String(decoding: line.utf8.dropFirst(start).prefix(longest), as: UTF8.self)
            : String(line.dropFirst(start).prefix(longest))
        let front = start > 0 ? "…" : ""
        let isCut = start + longest < count
        return (front + part + (isCut ? "…" : ""), column - 1 - start + front.count)
    }

    private func remarkLines(indent: String) -> String {
        var text = ""
        for remark in remarks {
            let (kind, body) =
                switch remark {
                case .note(let body): ("note", body)
                case .help(let body): ("help", body)
                case .rule(let name): ("rule", "inject lint --explain " + name)
                }
            guard body.utf8.contains(UInt8(ascii: "\n")) else {
                text += "\(indent)= \(kind): \(body.visible)\n"
                continue
            }
            let continuation = "\n" + indent + String(repeating: " ", count: kind.count + 4)
            let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }
            text += "\(indent)= \(kind): \(lines.joined(separator: continuation))\n"
        }
        return text
    }
}
