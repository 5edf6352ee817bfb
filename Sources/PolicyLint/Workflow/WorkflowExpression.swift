/// The `${{ … }}` of a text, as the paths that they are made of.
///
/// GitHub tells no letter's case, and takes `a['b']` for `a.b`.
struct WorkflowExpression {
    /// What stands between the braces, without spaces.
    let text: String
    /// Its paths, in small letters, such as `github.event.issue.title`.
    let paths: [String]

    /// Reads what stands between the braces.
    init(_ inner: String) {
        text = inner.filter { !$0.isWhitespace }
        let plain = text.lowercased().replacing("['", with: ".").replacing("']", with: "")
        paths = plain.split { !($0.isLetter || $0.isNumber || "_-.*".contains($0)) }.map(String.init)
    }

    /// All of a text.
    static func all(in text: String) -> [WorkflowExpression] {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return [] }
        return text.split(separator: "${{", omittingEmptySubsequences: false).dropFirst().map { rest in
            WorkflowExpression(String(rest[..<(rest.firstRange(of: "}}")?.lowerBound ?? rest.endIndex)]))
        }
    }

    /// Whether it is on something that whoever starts the workflow can choose.
    var isChosen: Bool {
        let hasAll = paths.contains("tojson") && paths.contains { $0 == "github" || $0 == "inputs" }
        return hasAll || paths.contains(where: Self.isChosen)
    }

    private static func isChosen(_ path: String) -> Bool {
        if ["github.head_ref", "github.ref_name", "github.event"].contains(path) || path.hasPrefix("inputs.") {
            return true
        }
        // Of the event, numbers and hashes hold no command.
        let end = path.split(separator: ".").last ?? ""
        return path.hasPrefix("github.event.") && !["number", "id", "sha"].contains(end)
            || path.hasPrefix("github.event.inputs.")
    }
}
