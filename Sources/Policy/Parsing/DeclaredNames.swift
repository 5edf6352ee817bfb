internal import YAMLSyntax

/// The environments and secrets that the file names, whether or not they could be read.
///
/// References are held against these, so that one mistake in a secret is not followed by one for everybody who reads it.
struct DeclaredNames {
    private let secrets: [(environment: String, names: [String])]

    init(_ environments: YAMLNode?) {
        secrets = Self.pairs(environments).map { pair in
            let node = Self.pairs(pair.value).first { $0.key.utf8.elementsEqual("secrets".utf8) }?.value
            return (pair.key, Self.pairs(node).map(\.key))
        }
    }

    /// The environments, in the order of the file.
    var environments: [String] { secrets.map(\.environment) }

    /// The secrets of an environment, or nil where there is none of this name.
    func secrets(of environment: String) -> [String]? {
        secrets.first { $0.environment.utf8.elementsEqual(environment.utf8) }?.names
    }

    private static func pairs(_ node: YAMLNode?) -> [YAMLNode.Pair] {
        guard case .mapping(let pairs) = node?.content else { return [] }
        return pairs
    }
}

extension [String] {
    /// Whether a text with the same bytes is among them.
    func containsBytes(of text: String) -> Bool { contains { $0.utf8.elementsEqual(text.utf8) } }
}
