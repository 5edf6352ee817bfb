internal import Diagnostics
internal import HTTPTransport
internal import YAMLSyntax

extension ConfigurationFindings {
    /// The address of a server that is spoken to over TLS, or on this machine.
    func url(_ node: YAMLNode?, _ name: String, help: String) -> String? {
        guard let node, let text = text(node, name) else { return nil }
        if Self.isSafe(text, plainOnLoopback: true) { return text }
        report("`\(name)` is `\(text)`", node.span, help: help)
        return nil
    }

    /// Where clients reach this broker: what paths are appended to, without a slash at its end, as clients have it.
    func ownURL(_ node: YAMLNode?, _ name: String) -> String? {
        let help = "write the https:// address that jobs use"
        guard let node, var text = url(node, name, help: help) else { return nil }
        while text.hasSuffix("/") { text.removeLast() }
        if !text.utf8.contains(where: "?#".utf8.contains) { return text }
        report("`\(name)` is `\(text)`", node.span, help: help)
        return nil
    }

    /// Whether nobody on the way can read or change what is asked there, as libcurl reads it.
    static func isSafe(_ text: String, plainOnLoopback: Bool) -> Bool {
        guard let address = try? HTTPAddress(text) else { return false }
        return address.scheme == "https" || (plainOnLoopback && address.isLoopback)
    }

    /// The texts of a scalar or a list; every element that is none is said.
    func texts(_ node: YAMLNode?, _ name: String) -> [(text: String, span: SourceSpan)] {
        guard let node else { return [] }
        for element in node.elements where element.text?.isEmpty ?? true {
            report("`\(name)` is a list of texts, and this is \(element.kind)", element.span, help: "write one value")
        }
        return node.texts.filter { !$0.text.isEmpty }
    }
}
