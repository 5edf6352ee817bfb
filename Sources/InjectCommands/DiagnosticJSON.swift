internal import Diagnostics
internal import StrictJSON

/// Diagnostics for programs: one JSON object a line.
enum DiagnosticJSON {
    static func line(_ diagnostic: Diagnostic, rule: String) -> String {
        var members: [(String, JSONWriter)] = [
            ("id", .string(diagnostic.id.description)), ("severity", .string(diagnostic.severity.rawValue)),
            ("message", .string(diagnostic.message)), ("rule", .string(rule)),
        ]
        members += place(diagnostic.place)
        let help = diagnostic.remarks.compactMap { remark -> JSONWriter? in
            guard case .help(let text) = remark else { return nil }
            return .string(text)
        }
        members.append(("help", .array(help)))
        let notes = diagnostic.remarks.compactMap { remark -> JSONWriter? in
            guard case .note(let text) = remark else { return nil }
            return .string(text)
        }
        if !notes.isEmpty { members.append(("notes", .array(notes))) }
        return JSONWriter.object(members).line + "\n"
    }

    private static func place(_ place: Diagnostic.Place?) -> [(String, JSONWriter)] {
        switch place {
        case nil: []
        case .file(let name): [("file", .string(name))]
        case .line(let name, let line): [("file", .string(name)), ("line", .integer(Int64(line)))]
        case .span(let span, _):
            [
                ("file", .string(span.source.name)), ("line", .integer(Int64(span.line))),
                ("column", .integer(Int64(span.column))),
                ("endColumn", .integer(Int64(span.column + span.widthOnFirstLine))),
            ]
        }
    }
}
