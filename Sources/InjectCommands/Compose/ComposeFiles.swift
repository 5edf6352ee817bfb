internal import Diagnostics
internal import Glibc
internal import YAMLSyntax

/// The files of a project of Docker Compose, found as Compose finds them, with those that they include and extend.
struct ComposeFiles {
    /// A file, and what of it becomes part of the project.
    struct File {
        let source: SourceText
        let services: [YAMLNode.Pair]
        let secrets: [YAMLNode.Pair]
    }

    /// Compose's own names, the preferred first (docs.docker.com/compose/how-tos/project-name, compose-go `cli/options.go`).
    private static let names = ["compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml"]
    private static let overrides = [
        "compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml",
    ]
    private static let optionsWithValue: Set<String> = [
        "-p", "--project-name", "--profile", "--env-file", "--ansi", "--parallel", "--progress",
    ]

    let files: [File]
    /// The places that name a file which only Compose can find.
    let unseen: [SourceSpan]

    init(_ arguments: [String], _ variables: ProcessEnvironment) {
        // Standard input is Compose's to read.
        let paths = Self.paths(arguments, variables).filter { $0 != "-" }
        var reader = ComposeReader()
        let folder = Self.options(arguments).folder ?? paths.first.map(ComposeReader.folder) ?? ""
        for path in paths { reader.read(path, in: folder) }
        (files, unseen) = (reader.files, reader.unseen)
    }

    /// Named by `-f`, by COMPOSE_FILE, or lying in this folder or the nearest one above that has any.
    static func paths(_ arguments: [String], _ variables: ProcessEnvironment) -> [String] {
        let (named, folder, _) = options(arguments)
        guard named.isEmpty else { return named }
        if let list = variables["COMPOSE_FILE"] {
            let separator = variables["COMPOSE_PATH_SEPARATOR"] ?? ":"
            return list.components(separatedBy: separator)
        }
        var prefix = folder.map { $0 + "/" } ?? ""
        for _ in 0..<64 {
            if let found = first(of: names, in: prefix) {
                return [found] + [first(of: overrides, in: prefix)].compactMap(\.self)
            }
            prefix += "../"
        }
        return []
    }

    /// Compose's own command, such as `up`, and what stands behind it.
    static func command(_ arguments: [String]) -> ArraySlice<String> { options(arguments).command }

    /// What stands before Compose's own command, its files and the folder they are looked for in, and what follows.
    private static func options(
        _ arguments: [String]
    ) -> (files: [String], folder: String?, command: ArraySlice<String>) {
        var files: [String] = []
        var folder: String?
        var rest = arguments[...]
        while let option = rest.first, option.hasPrefix("-") {
            rest = rest.dropFirst()
            let parts = option.split(separator: "=", maxSplits: 1).map(String.init)
            let isLong = option.hasPrefix("--")
            let value = isLong && parts.count == 2 ? parts[1] : nil
            switch isLong ? parts[0] : option {
            case "-f", "--file": files += [value ?? rest.popFirst()].compactMap(\.self)
            case "--project-directory": folder = value ?? rest.popFirst()
            case let name where optionsWithValue.contains(name) && value == nil: _ = rest.popFirst()
            default: continue
            }
        }
        return (files, folder, rest)
    }

    private static func first(of names: [String], in prefix: String) -> String? {
        names.map { prefix + $0 }.first { access($0, F_OK) == 0 }
    }
}

extension String {
    /// The parts between each occurrence of a separator.
    fileprivate func components(separatedBy separator: String) -> [String] {
        guard let character = separator.first, separator.count == 1 else { return [self] }
        return split(separator: character).map(String.init)
    }
}
