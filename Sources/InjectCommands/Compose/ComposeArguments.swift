/// What stands before Compose's own command, such as `up`, and what follows.
///
/// Source: docs.docker.com/reference/cli/docker/compose. Its options are written `--file X`, `--file=X`, `-f X`, `-fX` or
/// `-f=X` (github.com/spf13/pflag).
struct ComposeArguments {
    private static let optionsWithValue: Set<String> = [
        "-p", "--project-name", "--profile", "--ansi", "--parallel", "--progress",
    ]

    /// The files that are named, without standard input, which is Compose's to read.
    private(set) var files: [String] = []
    /// Whether any is named.
    private(set) var namesFiles = false
    /// The folder that paths start at, ending in a slash, where one is named.
    private(set) var folder: String?
    /// The files of variables that are named.
    private(set) var variableFiles: [String] = []
    /// Compose's own command and what stands behind it.
    private(set) var command: ArraySlice<String>

    init(_ arguments: [String]) {
        command = arguments[...]
        while let option = command.first, option.hasPrefix("-") {
            command = command.dropFirst()
            take(option)
        }
        namesFiles = !files.isEmpty
        files.removeAll { $0 == "-" }
    }

    private mutating func take(_ option: String) {
        let (name, joined) = Self.parts(option)
        switch name {
        case "-f", "--file": files += [joined ?? command.popFirst()].compactMap(\.self)
        case "--env-file": variableFiles += [joined ?? command.popFirst()].compactMap(\.self)
        case "--project-directory":
            folder = (joined ?? command.popFirst()).map { $0.hasSuffix("/") ? $0 : $0 + "/" }
        case let name where Self.optionsWithValue.contains(name) && joined == nil: _ = command.popFirst()
        default: break
        }
    }

    /// An option's name, and its value where both are one word.
    private static func parts(_ option: String) -> (name: String, value: String?) {
        guard option.hasPrefix("--") else {
            let rest = option.dropFirst(2)
            let value = rest.first == "=" ? rest.dropFirst() : rest
            return (String(option.prefix(2)), rest.isEmpty ? nil : String(value))
        }
        let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
        return (parts.first ?? option, parts.count == 2 ? parts[1] : nil)
    }
}
