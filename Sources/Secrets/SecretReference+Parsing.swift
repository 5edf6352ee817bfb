extension SecretReference {
    /// Why a text is no reference.
    package enum ParsingFailure: Error, Hashable, Sendable {
        /// There is no `scheme:` at the start.
        case noScheme
        /// The scheme is not one of `schemes`.
        case unknownScheme(String)
        /// The part after the scheme does not have the scheme's form; the text says what is wanted.
        case malformed(String)
    }

    /// The schemes a reference can have, in the order of the documentation.
    package static let schemes = ["aws-sm", "aws-ssm", "dotenv", "file", "encrypted"]

    /// Takes a reference apart; nothing is opened or fetched.
    package init(parsing text: String) throws(ParsingFailure) {
        guard let colon = text.firstIndex(of: ":") else { throw .noScheme }
        let scheme = String(text[..<colon])
        let rest = String(text[text.index(after: colon)...])
        guard !rest.utf8.contains(0) else { throw .malformed("a path without a NUL byte") }
        switch scheme {
        case "dotenv": self = try Self.dotenv(rest)
        case "file": self = try Self.plainFile(rest)
        case "encrypted": self = try Self.encryptedFile(rest)
        case "aws-sm": self = try Self.secretsManager(rest)
        case "aws-ssm": self = try Self.parameterStore(rest)
        default: throw .unknownScheme(scheme)
        }
    }

    private static func dotenv(_ rest: String) throws(ParsingFailure) -> Self {
        let (file, key) = split(rest, at: "#")
        guard !file.isEmpty, key != "" else { throw .malformed("`dotenv:FILE` or `dotenv:FILE#KEY`") }
        return .dotenv(file: file, key: key)
    }

    private static func plainFile(_ rest: String) throws(ParsingFailure) -> Self {
        guard !rest.isEmpty else { throw .malformed("`file:PATH`") }
        return .file(path: rest)
    }

    private static func encryptedFile(_ rest: String) throws(ParsingFailure) -> Self {
        let (file, key) = split(rest, at: "#")
        guard !file.isEmpty, let key, !key.isEmpty else { throw .malformed("`encrypted:FILE#KEY`") }
        return .encrypted(file: file, key: key)
    }

    private static func secretsManager(_ rest: String) throws(ParsingFailure) -> Self {
        let wanted = "`aws-sm:NAME_OR_ARN`, then `#json.key`, then `?stage=S` or `?version=V`"
        let (body, query) = split(rest, at: "?")
        let (id, key) = split(body, at: "#")
        guard !id.isEmpty, key != "" else { throw .malformed(wanted) }
        guard let query else { return .secretsManager(id: id, key: key, version: nil) }
        let (name, value) = split(query, at: "=")
        // A `#` or `&` here is a key or a second selector in the wrong place, and no part of a version's name.
        guard let value, !value.isEmpty, !value.utf8.contains(where: "#&?".utf8.contains) else {
            throw .malformed(wanted)
        }
        switch name {
        case "stage": return .secretsManager(id: id, key: key, version: .stage(value))
        case "version": return .secretsManager(id: id, key: key, version: .id(value))
        default: throw .malformed(wanted)
        }
    }

    private static func parameterStore(_ rest: String) throws(ParsingFailure) -> Self {
        let (path, selector) = split(rest, at: ":")
        guard path.utf8.first == UInt8(ascii: "/"), path.utf8.count > 1, selector != "" else {
            throw .malformed("`aws-ssm:/path`, then `:version` or `:label`")
        }
        return .parameterStore(path: path, selector: selector)
    }

    private static func split(_ text: String, at separator: Character) -> (String, String?) {
        guard let index = text.firstIndex(of: separator) else { return (text, nil) }
        return (String(text[..<index]), String(text[text.index(after: index)...]))
    }
}
