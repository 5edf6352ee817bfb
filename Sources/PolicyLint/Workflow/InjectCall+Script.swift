extension InjectCall {
    /// What the commands of a script ask inject for.
    static func all(in script: String) -> [InjectCall] {
        guard script.contains("inject") else { return [] }
        return ScriptCommands(script).all.flatMap(calls)
    }

    private static func calls(of command: [String]) -> [InjectCall] {
        let words = withoutPrefixes(command[...])
        guard let program = words.first else { return [] }
        let arguments = words.dropFirst()
        if program == "inject" || program.hasSuffix("/inject") {
            return isOffline(arguments) ? [] : [InjectCall(Array(arguments))]
        }
        // A shell takes a text for its script.
        let isScript = program == "eval" || arguments.contains { $0.hasPrefix("-") && $0.hasSuffix("c") }
        return isScript ? arguments.filter { $0.contains(" ") }.flatMap(all) : []
    }

    // MARK: - What stands before the program

    private static let keywords: Set = [
        "!", "{", "if", "then", "elif", "else", "while", "until", "do", "time", "command", "builtin",
    ]

    /// Programs that start another one, each with its options that have a value of their own.
    private static let starters: [String: Set<String>] = [
        "exec": ["-a"], "sudo": ["-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T", "-U", "--user", "--group", "--chdir"],
        "doas": ["-u"], "env": ["-u", "-C", "--unset", "--chdir"],
        "timeout": ["-k", "-s", "--kill-after", "--signal"], "nice": ["-n", "--adjustment"], "ionice": ["-c", "-n"],
        "stdbuf": ["-i", "-o", "-e"], "nohup": [], "setsid": [], "xargs": ["-I", "-n", "-P", "-L", "-d", "-a"],
    ]

    private static func withoutPrefixes(_ command: ArraySlice<String>) -> ArraySlice<String> {
        var words = command
        while let word = words.first {
            let name = String(word.split(separator: "/").last ?? "")
            if keywords.contains(word) {
                words = words.dropFirst().drop { $0 == "-p" || $0 == "--" }
            } else if let valued = starters[name] {
                words = withoutOptions(words.dropFirst(), valued)
                if name == "timeout" { words = words.dropFirst() }
            } else if isAssignment(word) {
                words = words.dropFirst()
            } else {
                break
            }
        }
        return words
    }

    private static func withoutOptions(_ command: ArraySlice<String>, _ valued: Set<String>) -> ArraySlice<String> {
        var words = command
        while let word = words.first, word.hasPrefix("-") {
            words = words.dropFirst(valued.contains(word) ? 2 : 1)
            if word == "--" { break }
        }
        return words
    }

    private static func isAssignment(_ word: String) -> Bool {
        guard let sign = word.firstIndex(of: "="), sign != word.startIndex else { return false }
        return word[..<sign].allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "+" }
    }

    // MARK: - What needs no token

    /// Commands that need no token of the job.
    private static let offline: Set = [
        "lint", "init", "mask", "secrets", "explain", "test", "diff", "compile", "model", "import", "audit", "help",
    ]

    private static func isOffline(_ arguments: ArraySlice<String>) -> Bool {
        let own = arguments.prefix { $0 != "--" }
        if own.contains(where: ["-h", "--help", "--version"].contains) { return true }
        guard let command = own.first else { return false }
        return offline.contains(command) || command == "token" && own.dropFirst().first == "fake"
    }
}
