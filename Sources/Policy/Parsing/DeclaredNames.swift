internal import YAMLSyntax

/// The environments and secrets that the file names, whether or not they could be read.
///
/// References are held against these, so that one mistake in a secret is not followed by one for everybody who reads it.
struct DeclaredNames {
    /// The secrets of one environment.
    struct Names {
        /// In the order of the file.
        let list: [String]
        private let bytes: Set<[UInt8]>

        init(_ list: [String]) {
            self.list = list
            bytes = Set(list.map { Array($0.utf8) })
        }

        /// Whether a name with the same bytes is among them.
        func contains(_ name: String) -> Bool { bytes.contains(Array(name.utf8)) }
    }

    /// The environments, in the order of the file.
    let environments: [String]
    private let secrets: [[UInt8]: Names]

    init(_ node: YAMLNode?) {
        let pairs = Self.pairs(node)
        environments = pairs.map(\.key)
        let names = pairs.map { pair in
            let node = Self.pairs(pair.value).first { $0.key.utf8.elementsEqual("secrets".utf8) }?.value
            return (Array(pair.key.utf8), Names(Self.pairs(node).map(\.key)))
        }
        secrets = Dictionary(names) { first, _ in first }
    }

    /// The secrets of an environment, or nil where there is none of this name.
    func secrets(of environment: String) -> Names? { secrets[Array(environment.utf8)] }

    private static func pairs(_ node: YAMLNode?) -> [YAMLNode.Pair] {
        guard case .mapping(let pairs) = node?.content else { return [] }
        return pairs
    }
}
