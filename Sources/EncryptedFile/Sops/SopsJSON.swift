import StrictJSON

/// sops files in JSON; they are rewritten as a whole, with the tabs that sops itself writes.
enum SopsJSON {
    private static let limits = JSONLimits(bytes: SopsFile.longest, depth: 32, members: 50_000)

    static func parse(_ bytes: [UInt8]) throws(SopsError) -> SopsNode {
        let content = bytes.withUnsafeBytes { text -> SopsNode? in
            guard let document = try? JSONDocument(indexing: text, limits: limits) else { return nil }
            return node(document.root, text)
        }
        guard let content else { throw .syntax(line: nil) }
        return content
    }

    private static func node(_ node: JSONNode, _ text: UnsafeRawBufferPointer) -> SopsNode {
        switch node {
        case .null: .leaf(SopsLeaf(text: "", raw: "null", range: 0..<0, isNull: true))
        case .bool(let flag): .leaf(SopsLeaf(text: flag ? "True" : "False", raw: flag ? "true" : "false", range: 0..<0))
        case .number(let number):
            .leaf(leaf(String(decoding: text[number.range], as: UTF8.self)))
        case .string(let string): .leaf(quoted(String(decoding: string.bytes(in: text), as: UTF8.self)))
        case .array(let elements): .list(elements.map { self.node($0, text) })
        case .object(let object):
            .map(
                object.members.map { member in
                    SopsNode.Member(
                        name: String(decoding: member.name, as: UTF8.self), value: self.node(member.value, text))
                }
            )
        }
    }

    private static func leaf(_ raw: String) -> SopsLeaf { SopsLeaf(text: raw, raw: raw, range: 0..<0) }

    /// A text's leaf.
    static func quoted(_ text: String) -> SopsLeaf {
        SopsLeaf(text: text, raw: JSONWriter.string(text).line, range: 0..<0)
    }

    /// The file of a tree.
    static func text(_ node: SopsNode, indent: String = "") -> String {
        let inner = indent + "\t"
        switch node {
        case .leaf(let leaf): return leaf.raw
        case .list(let elements):
            guard !elements.isEmpty else { return "[]" }
            let lines = elements.map { inner + text($0, indent: inner) }
            return "[\n\(lines.joined(separator: ",\n"))\n\(indent)]"
        case .map(let members):
            guard !members.isEmpty else { return "{}" }
            let lines = members.map { member in
                "\(inner)\(JSONWriter.string(member.name).line): \(text(member.value, indent: inner))"
            }
            return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
        }
    }
}
