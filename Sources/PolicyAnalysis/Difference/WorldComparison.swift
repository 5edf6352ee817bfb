import Policy

/// Two policies' rules about one environment, as cubes of one world.
struct WorldComparison {
    private let oldRules: [DenyRule]
    private let new: PolicyFile
    private let world: World
    private let search: CubeSearch
    private let oldGrants: [Cube]
    private let twins: [Cube: [Int]]
    private let oldDenies: [Cube]
    private let newDenies: [Cube]

    /// More pieces are reported as they are, and not put together.
    private static let mostMerged = 256

    init(_ old: PolicyFile?, _ before: PolicyEnvironment?, _ new: PolicyFile, _ world: World, _ budget: PieceBudget) {
        self.new = new
        self.world = world
        search = CubeSearch(budget)
        oldRules = old?.denies ?? []
        oldGrants = old.map { old in before?.grants.map { world.cube($0, of: old) } ?? [] } ?? []
        twins = Dictionary(grouping: oldGrants.indices, by: { [oldGrants] in oldGrants[$0] })
        oldDenies = oldRules.map { world.cube($0.conditions) }
        newDenies = new.denies.map { world.cube($0.conditions) }
    }

    /// What a grant lets in that the old policy did not, and the old rule that kept it out where there is one.
    func pieces(
        _ grant: Grant,
        _ newDenies: [Int],
        _ oldGrants: [Int],
        _ oldDenies: [Int]
    ) throws(AnalysisLimit) -> [(Cube, DenyRule?)] {
        let cube = world.cube(grant, of: new)
        guard !cube.isEmpty else { return [] }
        let denies = newDenies.map { self.newDenies[$0] }
        // Most grants of two versions of a policy are the same, and nothing is left of one without itself.
        let isOld = twins[cube, default: []].contains(where: oldGrants.contains)
        let covers = denies + oldGrants.map { self.oldGrants[$0] }
        let ungranted = isOld ? [] : try search.all(of: cube, without: covers[...])
        var pieces: [(Cube, DenyRule?)] = Self.merged(ungranted).map { ($0, nil) }
        for rule in oldDenies {
            var kept: [Cube] = []
            for old in oldGrants {
                guard let both = cube.intersection(self.oldGrants[old])?.intersection(self.oldDenies[rule]) else {
                    continue
                }
                kept += try search.all(of: both, without: denies[...])
            }
            pieces += Self.merged(kept).map { ($0, oldRules[rule]) }
        }
        return pieces
    }

    /// Puts cubes together that differ in one variable, until none do.
    private static func merged(_ cubes: [Cube]) -> [Cube] {
        guard cubes.count <= mostMerged else { return cubes }
        var cubes = cubes
        var index = 0
        while index < cubes.count {
            let partner = cubes.indices.dropFirst(index + 1).lazy.compactMap { other in
                union(cubes[index], cubes[other]).map { (other, $0) }
            }.first
            guard let (other, both) = partner else {
                index += 1
                continue
            }
            cubes[index] = both
            cubes.remove(at: other)
            // Of the cubes before, only with the new one any can go together now.
            while let (earlier, both) = (0..<index).lazy.compactMap({ earlier in
                union(cubes[earlier], cubes[index]).map { (earlier, $0) }
            }).first {
                cubes[earlier] = both
                cubes.remove(at: index)
                index = earlier
            }
        }
        return cubes
    }

    private static func union(_ left: Cube, _ right: Cube) -> Cube? {
        if left.isSubset(of: right) { return right }
        if right.isSubset(of: left) { return left }
        let different = left.sets.indices.filter { left.sets[$0] != right.sets[$0] }
        guard let only = different.first, different.count == 1 else { return nil }
        var union = left
        union.sets[only] = left.sets[only].union(right.sets[only])
        return union
    }
}
