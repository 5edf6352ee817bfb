import Policy

/// Says a set of values in the patterns that the policies themselves use.
struct ClaimDescription {
    private let words: ClaimPatterns
    /// The set that is said.
    private let wanted: AtomSet

    /// The claims that a cube restricts, in the order of their names.
    static func claims(of cube: Cube, by grant: Grant, in words: [[ClaimPatterns]]) -> [AccessChange.Claim] {
        var claims: [AccessChange.Claim] = []
        for (number, words) in words.enumerated() {
            guard let possible = words.first?.possible else { continue }
            let set = cube.sets[number].intersection(possible)
            // What can be anything is never said.
            guard set != possible else { continue }
            var descriptions = words.map { ClaimDescription(words: $0, wanted: $0.closure(of: set)) }
            // What the grant does not say and the other claims imply need not be said.
            for name in words.map(\.claim) where grant.condition(on: name) == nil {
                let others = descriptions.filter { $0.words.claim != name }
                guard others.reduce(possible, { $0.intersection($1.wanted) }).isSubset(of: set) else { continue }
                descriptions = others
            }
            claims += descriptions.compactMap { description in
                description.text.map { AccessChange.Claim(name: description.words.claim, values: $0) }
            }
        }
        return claims.sorted { $0.name < $1.name }
    }

    /// The sentence's end, or nil where any value will do.
    private var text: String? {
        guard !words.possible.isSubset(of: wanted) else { return nil }
        let absent = words.absent
        let isAbsentWanted = !wanted.isDisjoint(with: absent)
        var terms = isAbsentWanted ? ["absent"] : []
        var left = wanted.subtracting(absent)
        let inside = words.patterns.filter { $0.atoms.isSubset(of: wanted) && !$0.atoms.isEmpty }
        while let best = Self.best(inside, covering: left) {
            terms.append("`\(best.text)`")
            left = left.subtracting(best.atoms)
        }
        if !left.isEmpty { terms.append(rest(left)) }
        return terms.joined(separator: " or ")
    }

    /// What no pattern lies inside of: the narrowest pattern around it, without what is not meant.
    private func rest(_ left: AtomSet) -> String {
        let around = words.patterns.filter { left.isSubset(of: $0.atoms) }.min {
            $0.atoms.count < $1.atoms.count
        }
        var unwanted = (around?.atoms ?? words.possible.subtracting(words.absent)).subtracting(wanted)
        var exceptions: [String] = []
        let outside = words.patterns.filter { $0.atoms.isDisjoint(with: wanted) }
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
        let sizes = patterns.map { $0.atoms.intersection(left).count }
        guard let most = sizes.max(), most > 0, let index = sizes.firstIndex(of: most) else { return nil }
        return patterns[index]
    }
}
