import Policy

/// A claim, or claims that vary together, with the atoms of its values.
struct Variable: Sendable {
    /// The claims, and the part of the word that each is.
    let claims: [(name: String, part: ClaimWord.Part)]
    /// The atoms.
    let table: AtomTable
    private let globs: [String: [Glob]]
    private let patterns: [Pattern: Int]
    private let languages: [Language: Int]

    private struct Pattern: Hashable {
        let claim: String
        let glob: Glob
    }

    init(
        _ claims: [(name: String, part: ClaimWord.Part)],
        _ vocabulary: Vocabulary,
        shapes: [ClaimShape]
    ) throws(AnalysisLimit) {
        var builder = AutomatonBuilder()
        var patterns: [Pattern: Int] = [:]
        for (claim, part) in claims {
            for glob in vocabulary.globs[claim] ?? [] {
                let id = patterns.count
                patterns[Pattern(claim: claim, glob: glob)] = id
                builder.add(glob, part: part, id: id)
            }
        }
        var languages: [Language: Int] = [:]
        for language in shapes.flatMap({ [$0.language, $0.excluded].compactMap(\.self) })
        where languages[language] == nil {
            let id = patterns.count + languages.count
            languages[language] = id
            builder.add(language, id: id)
        }
        self.claims = claims
        let named = vocabulary.globs.filter { claim, _ in claims.contains { $0.name == claim } }
        globs = named.reduce(into: [:]) { $0[$1.key] = Array($1.value.prefix(vocabulary.own[$1.key] ?? 0)) }
        self.patterns = patterns
        self.languages = languages
        table = try AtomTable(
            builder.built(),
            patterns: patterns.count + languages.count,
            canBeAbsent: shapes.contains(where: \.canBeAbsent)
        )
    }

    /// The patterns that any policy has on one of the claims, in the order of the files.
    func patterns(on claim: String) -> [Glob] { globs[claim] ?? [] }

    /// The atoms of values that meet a condition.
    func atoms(meeting condition: ClaimCondition) -> AtomSet {
        var met = AtomSet(capacity: table.count)
        for pattern in condition.patterns { met = met.union(atoms(condition.claim, pattern.glob)) }
        return condition.isNegated ? table.all.subtracting(met) : met
    }

    /// The atoms of values that a pattern on one of the claims matches.
    func atoms(_ claim: String, _ glob: Glob) -> AtomSet {
        patterns[Pattern(claim: claim, glob: glob)].map(table.atoms) ?? AtomSet(capacity: table.count)
    }

    /// The atoms of values that a row of the model allows.
    func atoms(of shape: ClaimShape) -> AtomSet {
        var atoms = languages[shape.language].map(table.atoms) ?? AtomSet(capacity: table.count)
        if let excluded = shape.excluded.flatMap({ languages[$0] }) {
            atoms = atoms.subtracting(table.atoms(of: excluded))
        }
        return shape.canBeAbsent ? atoms.union(table.absent) : atoms
    }
}
