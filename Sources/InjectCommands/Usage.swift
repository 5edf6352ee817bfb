/// Turns the argument parser's sentences into diagnostics' style.
enum Usage {
    /// What to do about a command that stands where options do.
    static let dashes = "the command stands after `--`: inject [options] -- COMMAND…"

    /// The first line, lower case, without a full stop, quotes as backticks.
    static func sentence(_ message: String) -> String {
        var line = String(message.split(separator: "\n").first ?? "the command line cannot be read")
        line = line.replacing("'", with: "`").replacing("\u{2018}", with: "`").replacing("\u{2019}", with: "`")
        if line.hasSuffix(".") { line.removeLast() }
        guard let first = line.first, line.dropFirst().first?.isUppercase == false else { return line }
        return first.lowercased() + line.dropFirst()
    }
}
