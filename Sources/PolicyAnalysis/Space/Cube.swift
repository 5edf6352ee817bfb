/// A set of tokens: for each variable the atoms it may have, and the times.
struct Cube: Hashable, Sendable {
    /// The sets, variable by variable; the last is the time.
    var sets: [AtomSet]

    var isEmpty: Bool { sets.contains(where: \.isEmpty) }

    func intersection(_ other: Cube) -> Cube? {
        let both = Cube(sets: zip(sets, other.sets).map { $0.intersection($1) })
        return both.isEmpty ? nil : both
    }

    func isDisjoint(with other: Cube) -> Bool {
        zip(sets, other.sets).contains { $0.isDisjoint(with: $1) }
    }

    func isSubset(of other: Cube) -> Bool {
        zip(sets, other.sets).allSatisfy { $0.isSubset(of: $1) }
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
