/// A place of a script that prints a secret.
struct ScriptLeak {
    /// What it does, as the end of "the job …".
    let text: String

    /// Finds the first one in a script that runs with these variables.
    init?(in script: String, of names: [String]) {
        var isTraced = false
        for line in script.split(whereSeparator: \.isNewline) {
            let words = line.split { " \t\"'`;".contains($0) }.map(String.init)
            if words.contains("set"), words.contains(where: { $0.hasPrefix("-") && $0.contains("x") }) {
                isTraced = true
            }
            guard let found = Self.leak(line, words, names, isTraced) else { continue }
            text = found
            return
        }
        return nil
    }

    private static func leak(_ line: Substring, _ words: [String], _ names: [String], _ isTraced: Bool) -> String? {
        let expanded = variables(in: line)
        let secret = names.first(where: expanded.contains)
        if let secret, isTraced { return "traces a line with `\(secret)`, which prints its value" }
        if let secret, words.contains(where: printers.contains), isShown(line) { return "prints `\(secret)`" }
        guard let dashes = words.firstIndex(of: "--"), words.contains(where: { $0.hasSuffix("inject") }) else {
            return nil
        }
        let command = words[(dashes + 1)...]
        let isDump =
            command.first == "printenv" || command.count == 1 && ["env", "set", "export"].contains(command.first)
        return isDump && isShown(line) ? "prints all its variables with `\(command.first ?? "")`" : nil
    }

    private static let printers: Set = ["echo", "printf", "cat"]

    /// What goes into another command or a file is not in the log, and a mask for the runner is meant.
    private static func isShown(_ line: Substring) -> Bool {
        !line.contains("|") && !line.contains(">") && !line.contains("::add-mask::")
    }

    /// The names that a shell expands in a line.
    static func variables(in line: Substring) -> Set<String> {
        Set(
            line.split(separator: "$", omittingEmptySubsequences: false).dropFirst().map { rest in
                let name = rest.first == "{" ? rest.dropFirst() : rest
                return String(name.prefix { $0.isLetter || $0.isNumber || $0 == "_" })
            }
        )
    }
}
