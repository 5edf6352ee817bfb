import Policy

/// The patterns that the policies have on one claim, and the values that these tell apart.
struct ClaimPatterns {
    let claim: String
    /// What any token's value can be.
    let possible: AtomSet
    /// The absent claim.
    let absent: AtomSet
    let patterns: [(text: String, atoms: AtomSet)]
    /// Values that no pattern tells apart belong together, whatever other claims say.
    private let classes: [AtomSet]

    /// The claims of each variable of a world.
    static func all(of world: World) -> [[ClaimPatterns]] {
        world.variables.enumerated().map { number, variable in
            let possible = world.rows.reduce(AtomSet(capacity: variable.table.count)) { $0.union($1.cube.sets[number]) }
            return variable.claims.map { ClaimPatterns(variable, $0.name, possible) }
        }
    }

    private init(_ variable: Variable, _ claim: String, _ possible: AtomSet) {
        self.claim = claim
        self.possible = possible
        absent = variable.table.absent
        patterns = variable.patterns(on: claim).map { ($0.text, variable.atoms(claim, $0).intersection(possible)) }
        var signatures = [[Int]](repeating: [], count: variable.table.count)
        for (index, atoms) in ([absent] + patterns.map(\.atoms)).enumerated() {
            for atom in atoms.elements { signatures[atom].append(index) }
        }
        var classes: [[Int]: AtomSet] = [:]
        for atom in possible.elements {
            classes[signatures[atom], default: AtomSet(capacity: variable.table.count)].insert(atom)
        }
        self.classes = Array(classes.values)
    }

    /// The values that the patterns do not tell apart from one of the set.
    func closure(of set: AtomSet) -> AtomSet {
        classes.filter { !$0.isDisjoint(with: set) }.reduce(AtomSet(emptyLike: set)) { $0.union($1) }
    }
}
