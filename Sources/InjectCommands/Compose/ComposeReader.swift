internal import Diagnostics
internal import YAMLSyntax

/// Reads a project's files and follows `include` and `extends`, as Compose does (docs.docker.com/reference/compose-file,
/// "Include" and "Services", `extends`; compose-go `loader/include.go`).
///
/// What cannot be read is left out: Compose says more about it.
struct ComposeReader {
    private(set) var files: [ComposeFiles.File] = []
    private(set) var unseen: [SourceSpan] = []
    private var known: Set<String> = []
    private var left = 256

    /// The folder of a path, ending in a slash; empty for the one that the program runs in.
    static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// Reads a file of the project whose paths are below a folder.
    mutating func read(_ path: String, in folder: String) {
        guard let (source, root) = file(path, as: "") else { return }
        let services = root["services"]?.pairs ?? []
        files.append(ComposeFiles.File(source: source, services: services, secrets: root["secrets"]?.pairs ?? []))
        for service in services { follow(service.value["extends"], in: folder) }
        for included in root["include"]?.elements ?? [] { include(included, in: folder) }
    }

    /// A text names one file; a map names one or several, of which the first one's folder is the others' too.
    private mutating func include(_ node: YAMLNode, in folder: String) {
        let paths = (node.pairs.isEmpty ? node : node["path"])?.texts ?? []
        let found = paths.compactMap { path(of: $0.text, $0.span, in: folder) }
        let own = node["project_directory"]
        let base = own.map { own in own.text.flatMap { path(of: $0, own.span, in: folder) }.map { $0 + "/" } ?? folder }
        for path in found { read(path, in: base ?? found.first.map(Self.folder) ?? folder) }
    }

    /// Of another file, only the service that is extended becomes part of the project; its secrets are declared here.
    private mutating func follow(_ extends: YAMLNode?, in folder: String) {
        guard let file = extends?["file"], let text = file.text, let name = extends?["service"]?.text,
            let path = path(of: text, file.span, in: folder),
            let (source, root) = self.file(path, as: name),
            let service = root["services"]?.pair(name)
        else { return }
        files.append(ComposeFiles.File(source: source, services: [service], secrets: []))
        follow(service.value["extends"], in: Self.folder(of: path))
    }

    /// The path that a text names; nil where Compose has to fetch it, or to fill something in.
    private mutating func path(of text: String, _ span: SourceSpan, in folder: String) -> String? {
        let isRemote =
            text.contains("://") || text.hasPrefix("git@") || text.hasSuffix(".git") || text.contains(".git#")
        guard !isRemote, !text.contains("$") else {
            unseen.append(span)
            return nil
        }
        return text.hasPrefix("/") ? text : folder + text
    }

    /// A file that was not read for the same purpose before; files that include each other end here.
    private mutating func file(_ path: String, as purpose: String) -> (SourceText, YAMLNode)? {
        guard left > 0, known.insert("\(purpose)\0\(path)").inserted else { return nil }
        left -= 1
        guard let bytes = try? InputFile.bytes(of: path, limit: 1 << 20) else { return nil }
        let source = SourceText(name: path, bytes: bytes)
        return (try? LenientYAMLReader.read(source)).map { (source, $0) }
    }
}
