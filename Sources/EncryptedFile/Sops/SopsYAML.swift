import Diagnostics
import YAMLSyntax

/// sops files in YAML, read with the strict subset: no anchors, tags or duplicate keys.
enum SopsYAML {
    private static let limits = YAMLLimits(bytes: SopsFile.longest, depth: 32, nodes: 50_000, allowsAnyText: true)

    static func parse(_ bytes: [UInt8]) throws(SopsError) -> SopsNode {
        let root: YAMLNode
        do throws(Diagnostic) {
            root = try YAMLReader.read(SourceText(name: "", bytes: bytes), limits: limits)
        } catch {
            throw .syntax(line: line(of: error))
        }
        return node(root, bytes)
    }

    private static func line(of diagnostic: Diagnostic) -> Int? {
        switch diagnostic.place {
        case .span(let span, _): span.line
        case .line(_, let line): line
        case .file, nil: nil
        }
    }

    private static func node(_ node: YAMLNode, _ bytes: [UInt8]) -> SopsNode {
        switch node.content {
        case .scalar(let text): .leaf(leaf(text, node.span.range, bytes))
        case .sequence(let elements): .list(elements.map { self.node($0, bytes) })
        case .mapping(let pairs):
            .map(
                pairs.map { pair in
                    SopsNode.Member(
                        name: pair.key, value: self.node(pair.value, bytes), start: pair.keySpan.range.lowerBound)
                }
            )
        }
    }

    /// Only a text without quotes can be something else than text.
    private static func leaf(_ text: String, _ range: Range<Int>, _ bytes: [UInt8]) -> SopsLeaf {
        let raw = String(decoding: bytes[range], as: UTF8.self)
        guard raw == text else { return SopsLeaf(text: text, raw: raw, range: range) }
        switch text {
        case "true", "True", "TRUE": return SopsLeaf(text: "True", raw: raw, range: range)
        case "false", "False", "FALSE": return SopsLeaf(text: "False", raw: raw, range: range)
        case "", "~", "null", "Null", "NULL": return SopsLeaf(text: "", raw: raw, range: range, isNull: true)
        default: return SopsLeaf(text: text, raw: raw, range: range)
        }
    }
}
