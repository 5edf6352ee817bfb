import Policy

/// The tokens of one layout, as cubes over the atoms of their claims.
struct World: Sendable {
    let layout: Layout
    /// The variables; the time comes behind them.
    let variables: [Variable]
    /// The rows of the model, each as a cube.
    let rows: [(row: TokenRow?, cube: Cube)]
    /// Every token, realistic or not.
    let everything: Cube
    private let times: [Int64]
    private let index: [String: Int]

    init(_ layout: Layout, _ vocabulary: Vocabulary) throws(AnalysisLimit) {
        self.layout = layout
        times = vocabulary.times
        let rows: [TokenRow?] = layout == .unmodelled ? [nil] : TokenModel.github.filter(layout.holds)
        let claims = vocabulary.claims.sorted()
        let together = claims.filter(layout.together.contains)
        var groups = claims.filter { !layout.together.contains($0) }.map { [(name: $0, part: ClaimWord.Part.whole)] }
        if !together.isEmpty { groups.append(together.map { (name: $0, part: ClaimWord.part(of: $0)) }) }
        var variables: [Variable] = []
        for group in groups {
            let shapes = rows.map { Self.shape(of: group, layout, $0) }
            variables.append(try Variable(group, vocabulary, shapes: shapes))
        }
        let all = AtomSet(all: times.count + 1)
        self.rows = rows.map { row in
            (row, Cube(sets: variables.map { $0.atoms(of: Self.shape(of: $0.claims, layout, row)) } + [all]))
        }
        self.variables = variables
        everything = Cube(sets: variables.map(\.table.all) + [all])
        var index: [String: Int] = [:]
        for (number, variable) in variables.enumerated() {
            for claim in variable.claims { index[claim.name] = number }
        }
        self.index = index
    }

    /// The tokens that meet all conditions.
    func cube(_ conditions: [ClaimCondition]) -> Cube {
        var cube = everything
        for condition in conditions {
            guard let number = index[condition.claim] else { continue }
            cube.sets[number] = cube.sets[number].intersection(variables[number].atoms(meeting: condition))
        }
        return cube
    }

    /// The tokens that a grant accepts, at the times at which it holds.
    func cube(_ grant: Grant, of policy: PolicyFile) -> Cube {
        var cube = cube(policy.impliedConditions(of: grant) + grant.conditions)
        var current = AtomSet(capacity: times.count + 1)
        for interval in 0...times.count {
            let second = second(of: interval)
            if second >= grant.notBefore ?? .min, second < grant.expires ?? .max { current.insert(interval) }
        }
        cube.sets[variables.count] = current
        return cube
    }

    /// The claims of one token of a cube, the shortest values first; absent claims are not among them.
    func claims(in cube: Cube) -> [(name: String, value: [UInt8])] {
        zip(variables, cube.sets).flatMap { variable, set -> [(name: String, value: [UInt8])] in
            guard let atom = set.first, let word = variable.table.witnesses[atom] else { return [] }
            guard let first = variable.claims.first, layout.together.contains(first.name) else {
                return variable.claims.map { ($0.name, word) }
            }
            // The word says more than what was asked for.
            return layout.together.map { ($0, ClaimWord.value(word, ClaimWord.part(of: $0))) }
        }
    }

    /// The variable that a claim is part of.
    func variable(of claim: String) -> Int? { index[claim] }

    /// A second of an interval between the times at which grants begin or end.
    func second(of interval: Int) -> Int64 {
        guard interval > 0 else { return times.first.map { $0 - 1 } ?? 0 }
        return times[interval - 1]
    }

    private static func shape(
        of claims: [(name: String, part: ClaimWord.Part)],
        _ layout: Layout,
        _ row: TokenRow?
    ) -> ClaimShape {
        guard let row, let first = claims.first else { return .anything }
        guard layout.together.contains(first.name) else { return layout.shape(of: first.name, row) }
        return ClaimShape(language: layout.word(row))
    }
}
