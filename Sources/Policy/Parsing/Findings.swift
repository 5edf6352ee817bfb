internal import Diagnostics
internal import YAMLSyntax

/// Collects what is wrong with a policy, so that a user mends a file once and not once a mistake.
///
/// Each reader returns nil after it has reported, and the caller goes on with the rest.
final class Findings {
    private(set) var diagnostics: [Diagnostic] = []
    /// What may still be spent on guesses: a file of slips must not cost more than it is worth.
    private var steps = 20_000_000

    /// The candidate that was probably meant, as long as looking for it is affordable.
    func nearest(to text: String, among candidates: [String]) -> String? {
        guard steps > candidates.count else { return nil }
        steps -= Suggestion.steps(to: text, among: candidates)
        return steps > 0 ? Suggestion.nearest(to: text, among: candidates) : nil
    }

    func report(_ id: Diagnostic.ID, _ message: String, _ span: SourceSpan, label: String? = nil, help: String? = nil) {
        diagnostics.append(Diagnostic(id, message, at: .span(span, label: label), help.map { [.help($0)] } ?? []))
    }

    /// Everything, in the order of the file.
    var sorted: [Diagnostic] {
        diagnostics.enumerated().sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }.map(
            \.element)
    }

    // MARK: - Nodes

    /// The pairs of a map whose keys are those of a place.
    func pairs(_ node: YAMLNode, _ place: PolicyKeys.Place) -> [String: YAMLNode.Pair]? {
        guard let pairs = pairs(node, named: place.name) else { return nil }
        var found: [String: YAMLNode.Pair] = [:]
        var meant: [String] = []
        for pair in pairs {
            if place.all.contains(where: { $0.utf8.elementsEqual(pair.key.utf8) }) {
                found[pair.key] = pair
            } else {
                let nearest = nearest(to: pair.key, among: place.all)
                reportUnknown(pair, place, nearest)
                if let nearest { meant.append(nearest) }
            }
        }
        for key in place.required where found[key] == nil && !meant.contains(key) {
            report(.policyMissingKey, "\(place.name) needs `\(key)`", node.span.firstLine, help: "add `\(key):`")
        }
        return found
    }

    /// The pairs of a map whose keys are names the user chose.
    func pairs(_ node: YAMLNode, named name: String) -> [YAMLNode.Pair]? {
        guard case .mapping(let pairs) = node.content else {
            reportKind("\(name) is a map of keys", node, help: "write `key: value` lines")
            return nil
        }
        return pairs
    }

    func text(_ node: YAMLNode, _ name: String) -> String? {
        guard case .scalar(let text) = node.content else {
            reportKind("`\(name)` is text", node, help: "write one value")
            return nil
        }
        guard !text.isEmpty else {
            report(.policyBadValue, "`\(name)` is empty", node.span, help: "write a value, or remove the key")
            return nil
        }
        return text
    }

    /// Text, or a list of text, with the place of each.
    func texts(_ node: YAMLNode, _ name: String) -> [(text: String, span: SourceSpan)] {
        guard case .sequence(let elements) = node.content else {
            return text(node, name).map { [($0, node.span)] } ?? []
        }
        if elements.isEmpty {
            report(.policyBadValue, "`\(name)` is an empty list, which means nothing", node.span, help: "remove it")
        }
        return elements.compactMap { element in text(element, name).map { ($0, element.span) } }
    }

    func list(_ node: YAMLNode, _ name: String) -> [YAMLNode] {
        guard case .sequence(let elements) = node.content else {
            reportKind("`\(name)` is a list", node, help: "start each element with `- `")
            return []
        }
        return elements
    }

    /// An id, which audits, logs and comments repeat: visible ASCII without spaces or quotes.
    func id(_ node: YAMLNode) -> (String, SourceSpan)? {
        guard let text = text(node, "id") else { return nil }
        if text.isPlainName { return (text, node.span) }
        report(.policyBadName, "`\(text)` cannot be an id", node.span, help: "use letters, digits, `-`, `_` and `.`")
        return nil
    }

    func flag(_ pair: YAMLNode.Pair?, _ name: String) -> Bool {
        guard let pair, let text = text(pair.value, name) else { return false }
        guard text == "true" || text == "false" else {
            report(.policyBadValue, "`\(name)` is `\(text)`", pair.value.span, help: "write \"true\" or \"false\"")
            return false
        }
        return text == "true"
    }

    private func reportKind(_ wanted: String, _ node: YAMLNode, help: String) {
        report(.policyWrongKind, "\(wanted), and this is \(node.kind)", node.span.firstLine, help: help)
    }

    private func reportUnknown(_ pair: YAMLNode.Pair, _ place: PolicyKeys.Place, _ meant: String?) {
        report(
            .policyUnknownKey,
            "\(place.name) has no key `\(pair.key)`",
            pair.keySpan,
            label: meant.map { "did you mean `\($0)`?" },
            help: "the keys are \(place.all.map { "`\($0)`" }.joined(separator: ", "))"
        )
    }
}

extension String {
    /// Whether the text can name an environment or a rule: it stands in paths, patterns and audit lines.
    var isPlainName: Bool {
        let allowed = utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || [0x2D, 0x2E, 0x5F].contains(byte)
        }
        return allowed && !isEmpty && utf8.count <= 255
    }
}

extension SourceSpan {
    /// The part of the span on its first line: a caret below a whole map helps nobody.
    var firstLine: SourceSpan {
        let end = source.offset(ofLine: line) + source.text(ofLine: line).utf8.count
        return SourceSpan(source, range.lowerBound..<min(range.upperBound, max(end, range.lowerBound)))
    }
}

extension Diagnostic {
    fileprivate var offset: Int {
        guard case .span(let span, _) = place else { return 0 }
        return span.range.lowerBound
    }
}
