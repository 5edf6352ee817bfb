internal import Diagnostics
internal import YAMLSyntax

extension Diagnostic.ID {
    /// The broker's configuration is not one.
    static let brokerConfiguration = Diagnostic.ID("broker-configuration")
}

/// Collects what is wrong with a configuration, so that it is mended once and not once a mistake.
final class ConfigurationFindings {
    private(set) var diagnostics: [Diagnostic] = []

    func report(_ message: String, _ span: SourceSpan, help: String) {
        diagnostics.append(Diagnostic(.brokerConfiguration, message, at: .span(span, label: nil), [.help(help)]))
    }

    /// The map at a place, with its keys checked.
    func map(_ node: YAMLNode?, _ name: String, _ keys: [String], required: [String] = []) -> YAMLNode? {
        guard let node else { return nil }
        guard case .mapping(let pairs) = node.content else {
            report("\(name) is a map, and this is \(node.kind)", node.span, help: "write `key: value` lines")
            return nil
        }
        for pair in pairs where !keys.contains(where: { $0.utf8.elementsEqual(pair.key.utf8) }) {
            let meant = Suggestion.nearest(to: pair.key, among: keys).map { "did you mean `\($0)`? " } ?? ""
            report(
                "\(name) has no key `\(pair.key)`", pair.keySpan,
                help: meant + "the keys are \(keys.map { "`\($0)`" }.joined(separator: ", "))")
        }
        for key in required where node[key] == nil {
            report("\(name) needs `\(key)`", node.span, help: "add `\(key):`")
        }
        return node
    }

    func text(_ node: YAMLNode?, _ name: String) -> String? {
        guard let node else { return nil }
        guard let text = node.text, !text.isEmpty else {
            report("`\(name)` is text", node.span, help: "write one value")
            return nil
        }
        return text
    }

    func flag(_ node: YAMLNode?, _ name: String) -> Bool {
        guard let node, let text = text(node, name) else { return false }
        if text == "true" || text == "false" { return text == "true" }
        report("`\(name)` is `\(text)`", node.span, help: "write \"true\" or \"false\"")
        return false
    }

    func number(_ node: YAMLNode?, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node, let text = text(node, name) else { return nil }
        if let number = Int(text), range.contains(number) { return number }
        report(
            "`\(name)` is `\(text)`", node.span, help: "write a number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    /// Digits and `s`, `m` or `h`.
    func seconds(_ node: YAMLNode?, _ name: String, _ range: ClosedRange<Int>) -> Int? {
        guard let node, let text = text(node, name) else { return nil }
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600]
        if let unit = text.last.flatMap({ units[$0] }), let count = Int(text.dropLast()), count < 1_000_000,
            range.contains(count * unit)
        {
            return count * unit
        }
        report("`\(name)` is `\(text)`", node.span, help: "write a number and `s`, `m` or `h`, such as 60s")
        return nil
    }

    /// `HOST:PORT`, with an IPv6 address in brackets.
    func address(_ node: YAMLNode?, _ name: String) -> (host: String, port: Int)? {
        guard let node, let text = text(node, name) else { return nil }
        if let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) {
            let host = text[..<colon].filter { $0 != "[" && $0 != "]" }
            if !host.isEmpty { return (String(host), Int(port)) }
        }
        report("`\(name)` is `\(text)`", node.span, help: "write HOST:PORT, such as 0.0.0.0:8443")
        return nil
    }
}
