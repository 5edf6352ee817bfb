extension Diagnostic {
    /// The diagnostic as a workflow command that GitHub shows beside the file; one line, ends with a line break.
    ///
    /// Source: GitHub, "Workflow commands for GitHub Actions", setting an error message.
    package var githubAnnotation: String {
        var properties: [String] = []
        switch place {
        case .span(let span, _):
            properties = ["file=\(Self.property(span.source.name))", "line=\(span.line)", "col=\(span.column)"]
            properties.append("endColumn=\(span.column + span.widthOnFirstLine)")
        case .line(let name, let line): properties = ["file=\(Self.property(name))", "line=\(line)"]
        case .file(let name): properties = ["file=\(Self.property(name))"]
        case nil: break
        }
        properties.append("title=\(Self.property(id.description))")
        let body = ([message] + remarks.map(\.line)).joined(separator: "\n")
        return
            "::\(severity == .note ? "notice" : severity.rawValue) \(properties.joined(separator: ","))::\(Self.data(body))\n"
    }

    private static func data(_ text: String) -> String {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).visible }
        return lines.joined(separator: "\n").replacing("%", with: "%25").replacing("\n", with: "%0A")
    }

    private static func property(_ text: String) -> String {
        data(text).replacing(":", with: "%3A").replacing(",", with: "%2C")
    }
}

extension Diagnostic.Remark {
    fileprivate var line: String {
        switch self {
        case .note(let text): "note: " + text
        case .help(let text): "help: " + text
        case .rule(let name): "rule: inject lint --explain " + name
        }
    }
}
