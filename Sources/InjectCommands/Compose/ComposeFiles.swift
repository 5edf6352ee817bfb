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

    let files: [File]
    /// The places that name a file which only Compose can find.
    let unseen: [SourceSpan]
    /// Compose's own command, such as `up`, and what stands behind it.
    let command: ArraySlice<String>
    let variables: ComposeVariables

    init(_ arguments: [String], _ own: ProcessEnvironment) {
        let options = ComposeArguments(arguments)
        var variables = ComposeVariables(own, files: options.variableFiles)
        variables.readDefault(in: options.folder ?? options.files.first.map(ComposeReader.folder) ?? "")
        let paths = Self.paths(options, variables)
        let folder = options.folder ?? paths.first.map(ComposeReader.folder) ?? ""
        // The project may lie above, or where COMPOSE_FILE says.
        variables.readDefault(in: folder)
        var reader = ComposeReader()
        for path in paths { reader.read(path, in: folder) }
        (files, unseen) = (reader.files, reader.unseen)
        (command, self.variables) = (options.command, variables)
    }

    /// Named by `-f`, by COMPOSE_FILE, or lying in this folder or the nearest one above that has any.
    private static func paths(_ options: ComposeArguments, _ variables: ComposeVariables) -> [String] {
        guard !options.namesFiles else { return options.files }
        if let list = variables.setting("COMPOSE_FILE") {
            let separator = variables.setting("COMPOSE_PATH_SEPARATOR") ?? ":"
            return list.components(separatedBy: separator).filter { $0 != "-" }
        }
        var prefix = options.folder ?? ""
        for _ in 0..<64 {
            if let found = first(of: names, in: prefix) {
                return [found] + [first(of: overrides, in: prefix)].compactMap(\.self)
            }
            prefix += "../"
        }
        return []
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
