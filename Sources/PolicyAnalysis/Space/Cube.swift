/// A set of tokens: for each variable the atoms it may have, and the times.
struct Cube: Hashable, Sendable {
    /// The sets, variable by variable; the last is the time.
    var sets: [AtomSet]

    var isEmpty: Bool { sets.contains(where: \.isEmpty) }

    func intersection(_ other: Cube) -> Cube? {
        // Most pairs that are asked about have nothing in common, and then nothing has to be made.
        guard !isDisjoint(with: other) else { return nil }
        return Cube(sets: sets.indices.map { sets[$0].intersection(other.sets[$0]) })
    }

    func isDisjoint(with other: Cube) -> Bool {
        sets.indices.contains { sets[$0].isDisjoint(with: other.sets[$0]) }
    }

    func isSubset(of other: Cube) -> Bool {
        sets.indices.allSatisfy { sets[$0].isSubset(of: other.sets[$0]) }
    }

    /// What is left of the cube without another, as disjoint pieces: one for each variable in which they differ.
    func subtracting(_ other: Cube) -> [Cube] {
        guard !isDisjoint(with: other) else { return [self] }
        var pieces: [Cube] = []
        var common = self
        for index in sets.indices {
            let rest = common.sets[index].subtracting(other.sets[index])
            if !rest.isEmpty {
                var piece = common
                piece.sets[index] = rest
                pieces.append(piece)
            }
            common.sets[index] = common.sets[index].intersection(other.sets[index])
        }
        return pieces
    }
}
