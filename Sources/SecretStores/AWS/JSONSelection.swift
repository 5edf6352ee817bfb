import Diagnostics
import HTTPTransport
import Secrets
import StrictJSON

/// Takes one member out of a value that is JSON.
///
/// A key with a `/` at its start is a pointer (RFC 6901); any other is a member's name or, where there is no such member,
/// names joined by dots.
struct JSONSelection {
    let key: String
    let place: String

    func value(in document: SecretBytes) -> Result<SecretBytes, Diagnostic> {
        let json: JSONBody
        do throws(JSONError) { json = try JSONBody(document, limits: .document) } catch {
            return unreadable(error.code)
        }
        guard let node = node(in: json.root) else {
            return failure("has no member `\(key)`", "check the part behind the `#`")
        }
        let value: SecretBytes?
        switch node {
        case .string(let string): value = try? json.secret(string)
        case .number(let number): value = try? json.secret(number.range)
        case .bool(let flag): value = try? Array((flag ? "true" : "false").utf8).withUnsafeBytes(SecretBytes.init)
        case .null, .array, .object:
            return failure("has \(node.kind) at `\(key)`", "name a member that is text, a number or a boolean")
        }
        return value.map(Result.success) ?? failure("did not fit into memory", "free some memory")
    }

    private func node(in root: JSONNode) -> JSONNode? {
        if key.hasPrefix("/") {
            let parts = key.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
            return parts.reduce(root) { node, part in node.flatMap { step($0, Self.unescaped(part)) } }
        }
        if let member = root.object?[key] { return member }
        let parts = key.split(separator: ".", omittingEmptySubsequences: false)
        return parts.reduce(root) { node, part in node?.object?[String(part)] }
    }

    private func step(_ node: JSONNode, _ part: String) -> JSONNode? {
        guard let elements = node.array else { return node.object?[part] }
        guard let index = Int(part), String(index) == part, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    private static func unescaped(_ part: Substring) -> String {
        part.split(separator: "~1", omittingEmptySubsequences: false).map { piece in
            piece.split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
        }.joined(separator: "/")
    }

    /// Several tools read what is refused here, so the rule is named.
    private func unreadable(_ code: JSONError.Code) -> Result<SecretBytes, Diagnostic> {
        switch code {
        case .duplicateMember:
            failure("is JSON that names a member twice", "store it with one of the two: tools disagree on which counts")
        case .byteOrderMark: failure("starts with a byte-order mark", "store it as UTF-8 without one")
        case .tooLong, .tooDeep, .tooManyMembers: failure("is more JSON than is read", "store less in one secret")
        default: failure("is no JSON", "remove `#\(key)` from the reference, or store an object")
        }
    }

    private func failure(_ what: String, _ help: String) -> Result<SecretBytes, Diagnostic> {
        .failure(Diagnostic(.awsSecretUnusable, "the secret `\(place)` \(what)", [.help(help)]))
    }
}
