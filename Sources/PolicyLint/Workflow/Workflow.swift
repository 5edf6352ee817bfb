internal import Diagnostics
internal import YAMLSyntax

/// A workflow file, as far as the rules look at it.
struct Workflow: Sendable {
    let source: SourceText
    let root: YAMLNode
    /// Its path below the repository's root.
    let path: String

    /// Reads a workflow; what is no workflow has a diagnostic instead.
    init(_ source: SourceText, path: String) throws(Diagnostic) {
        let isMarked = source.bytes.starts(with: [0xEF, 0xBB, 0xBF])
        let text = isMarked ? SourceText(name: source.name, bytes: Array(source.bytes.dropFirst(3))) : source
        let root = try LenientYAMLReader.read(text)
        guard case .mapping = root.content else {
            throw Diagnostic(
                .yamlSyntax, "a workflow is a map of keys, and this is \(root.kind)", at: .file(source.name))
        }
        self.source = text
        self.root = root
        self.path = path
    }

    /// The names of the events that start it.
    var events: [String] {
        guard let on = root["on"] else { return [] }
        return on.pairs.isEmpty ? on.texts.map(\.text) : on.pairs.map(\.key)
    }

    /// Whether a part of the file may stand for other parts as well, so that an edit reaches further than it looks.
    ///
    /// An ampersand in front of a word is enough: that a script has one only means that nothing is mended.
    var hasAnchors: Bool {
        let bytes = source.bytes
        return bytes.indices.dropLast().contains { index in
            bytes[index] == UInt8(ascii: "&") && !" &\r\n".utf8.contains(bytes[index + 1])
                && (index == 0 || " \t\n[{,".utf8.contains(bytes[index - 1]))
        }
    }

    /// Its jobs, in the order of the file.
    var jobs: [WorkflowJob] {
        (root["jobs"]?.pairs ?? []).map { WorkflowJob(id: $0.key, span: $0.keySpan, node: $0.value, workflow: self) }
    }
}
