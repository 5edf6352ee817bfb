/// One node of a sops file, whichever form it has; ciphertexts and what is not encrypted are no secrets.
indirect enum SopsNode: Sendable {
    /// A text, a number or a boolean.
    case leaf(SopsLeaf)
    /// A list, in order.
    case list([SopsNode])
    /// A map, in order.
    case map([Member])

    /// A member of a map.
    struct Member: Sendable {
        let name: String
        var value: SopsNode
        /// Where the member starts, name and all; 0 where the form is rewritten as a whole.
        var start = 0
    }

    /// The members, or none for any other kind.
    var members: [Member] {
        guard case .map(let members) = self else { return [] }
        return members
    }

    /// Every leaf with where it stands, in the order of the file; a path alone does not lead into a list.
    func leaves(below path: SopsPath, inList: Bool = false) -> [(path: SopsPath, leaf: SopsLeaf, isInList: Bool)] {
        switch self {
        case .leaf(let leaf): [(path, leaf, inList)]
        case .list(let elements): elements.flatMap { $0.leaves(below: path, inList: true) }
        case .map(let members):
            members.flatMap { $0.value.leaves(below: SopsPath(names: path.names + [$0.name]), inList: inList) }
        }
    }
}

/// A value without members.
struct SopsLeaf: Sendable {
    /// The value as sops hashes it where it is not encrypted.
    let text: String
    /// How it is written.
    let raw: String
    /// The bytes of the file that write it; empty where the form is rewritten as a whole.
    let range: Range<Int>
    /// Whether it is null, which is not hashed.
    var isNull = false
}
