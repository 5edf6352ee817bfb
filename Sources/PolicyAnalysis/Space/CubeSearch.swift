/// Takes cubes away from a cube, within a budget.
struct CubeSearch {
    private let budget: PieceBudget

    init(_ budget: PieceBudget) { self.budget = budget }

    /// A piece of a cube that none of the others covers, or nil where they cover it.
    func first(of cube: Cube, without others: ArraySlice<Cube>) throws(AnalysisLimit) -> Cube? {
        guard let index = others.firstIndex(where: { !cube.isDisjoint(with: $0) }) else { return cube }
        try budget.spend()
        for piece in cube.subtracting(others[index]) {
            if let found = try first(of: piece, without: others[(index + 1)...]) { return found }
        }
        return nil
    }

    /// Everything of a cube that none of the others covers.
    func all(of cube: Cube, without others: ArraySlice<Cube>) throws(AnalysisLimit) -> [Cube] {
        guard let index = others.firstIndex(where: { !cube.isDisjoint(with: $0) }) else { return [cube] }
        try budget.spend()
        var rest: [Cube] = []
        for piece in cube.subtracting(others[index]) {
            rest += try all(of: piece, without: others[(index + 1)...])
        }
        return rest
    }
}
