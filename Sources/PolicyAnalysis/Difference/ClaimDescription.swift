import Policy

/// Says a set of values in the patterns that the policies themselves use.
struct ClaimDescription {
    private let variable: Variable
    private let claim: String
    /// What any token's value can be.
    private let possible: AtomSet
    /// The set that is said.
    private let wanted: AtomSet
    private let patterns: [(text: String, atoms: AtomSet)]

    /// The claims that a cube restricts, in the order of their names.
    static func claims(of cube: Cube, by grant: Grant, in world: World) -> [AccessChange.Claim] {
        var claims: [AccessChange.Claim] = []
        for (number, variable) in world.variables.enumerated() {
            let possible = world.rows.reduce(AtomSet(capacity: variable.table.count)) { $0.union($1.cube.sets[number]) }
            let set = cube.sets[number].intersection(possible)
            var descriptions = variable.claims.map { ClaimDescription(variable, $0.name, set, possible) }
            // What the grant does not say and the other claims imply need not be said.
            for name in variable.claims.map(\.name) where grant.condition(on: name) == nil {
                let others = descriptions.filter { $0.claim != name }
                guard others.reduce(possible, { $0.intersection($1.wanted) }).isSubset(of: set) else { continue }
                descriptions = others
            }
            claims += descriptions.compactMap { description in
                description.text.map { AccessChange.Claim(name: description.claim, values: $0) }
            }
        }
        return claims.sorted { $0.name < $1.name }
    }

    private init(_ variable: Variable, _ claim: String, _ set: AtomSet, _ possible: AtomSet) {
        self.variable = variable
        self.claim = claim
        self.possible = possible
        patterns = variable.patterns(on: claim).map { ($0.text, variable.atoms(claim, $0).intersection(possible)) }
        // Values that the claim's patterns do not tell apart belong together, whatever other claims say.
        let signature = { [patterns] (atom: Int) in
            patterns.map { $0.atoms.contains(atom) } + [variable.table.absent.contains(atom)]
        }
        let signatures = Set(set.intersection(possible).elements.map(signature))
        var wanted = AtomSet(capacity: variable.table.count)
        for atom in possible.elements where signatures.contains(signature(atom)) { wanted.insert(atom) }
        self.wanted = wanted
    }

    /// The sentence's end, or nil where any value will do.
    private var text: String? {
        guard !possible.isSubset(of: wanted) else { return nil }
        let absent = variable.table.absent
        let isAbsentWanted = !wanted.isDisjoint(with: absent)
        var terms = isAbsentWanted ? ["absent"] : []
        var left = wanted.subtracting(absent)
        let inside = patterns.filter { $0.atoms.isSubset(of: wanted) && !$0.atoms.isEmpty }
        while let best = Self.best(inside, covering: left) {
            terms.append("`\(best.text)`")
            left = left.subtracting(best.atoms)
        }
        if !left.isEmpty { terms.append(rest(left)) }
        return terms.joined(separator: " or ")
    }

    /// What no pattern lies inside of: the narrowest pattern around it, without what is not meant.
    private func rest(_ left: AtomSet) -> String {
        let around = patterns.filter { left.isSubset(of: $0.atoms) }.min {
            $0.atoms.elements.count < $1.atoms.elements.count
        }
        var unwanted = (around?.atoms ?? possible.subtracting(variable.table.absent)).subtracting(wanted)
        var exceptions: [String] = []
        let outside = patterns.filter { $0.atoms.isDisjoint(with: wanted) }
        while let best = Self.best(outside, covering: unwanted) {
            exceptions.append("`\(best.text)`")
            unwanted = unwanted.subtracting(best.atoms)
        }
        let start = around.map { "`\($0.text)`" } ?? "anything"
        guard !exceptions.isEmpty else { return start }
        return start + (around == nil ? " but " : " but not ") + exceptions.joined(separator: " or ")
    }

    private static func best(
        _ patterns: [(text: String, atoms: AtomSet)],
        covering left: AtomSet
    ) -> (text: String, atoms: AtomSet)? {
        let sizes = patterns.map { $0.atoms.intersection(left).elements.count }
        guard let most = sizes.max(), most > 0, let index = sizes.firstIndex(of: most) else { return nil }
        return patterns[index]
    }
}
