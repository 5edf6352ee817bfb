import Policy
import Secrets

/// Finds the tokens that one policy lets in and another does not.
struct AccessComparison {
    private let old: PolicyFile?
    private let new: PolicyFile
    private let direction: AccessChange.Direction
    private let question: Question
    private let oldIndex: PolicyIndex?
    private let newIndex: PolicyIndex
    private let guarded: GuardedPlaces

    /// In what the policies are compared.
    struct Question {
        let space: Space
        let conditioned: Set<String>
        /// Tokens that somebody wants to know about; nil where a limit left them out.
        let groups: [TokenGroup]?

        init(_ space: Space, conditioned: Set<String>, groups: [TokenGroup]?) {
            self.space = space
            self.conditioned = conditioned
            self.groups = groups
        }
    }

    init(
        from old: PolicyFile?,
        to new: PolicyFile,
        _ direction: AccessChange.Direction,
        _ question: Question
    ) {
        self.old = old
        self.new = new
        self.direction = direction
        self.question = question
        oldIndex = old.map(PolicyIndex.init)
        newIndex = PolicyIndex(new)
        guarded = GuardedPlaces(of: [old, new].compactMap(\.self))
    }

    /// Secrets of a grant that the same rules of both policies are about.
    private struct Group: Hashable {
        let newDenies: [Int]
        let oldGrants: [Int]
        let oldDenies: [Int]
        let isGuarded: Bool
        let isMoved: Bool
    }

    func changes() throws(AnalysisError) -> [AccessChange] {
        var changes: [AccessChange] = []
        for environment in new.environments {
            let before = previous(environment)
            let rules = rules(environment, before)
            for world in question.space.worlds(new, environment) {
                let comparison = WorldComparison(old, before, new, world, question.space.budget)
                let words = ClaimPatterns.all(of: world)
                for (number, grant) in environment.grants.enumerated() {
                    for (group, secrets) in Self.groups(grant, rules) {
                        let pieces = try Self.unknown { () throws(AnalysisLimit) in
                            try comparison.pieces(
                                environment.grants[number], group.newDenies, group.oldGrants, group.oldDenies)
                        }
                        for (piece, rule) in pieces {
                            guard let (row, cube) = Self.realistic(piece, in: world) else { continue }
                            let claims = ClaimDescription.claims(of: piece, by: grant, in: words)
                            let change = AccessChange(
                                direction: direction,
                                environment: environment,
                                isProtected: group.isGuarded,
                                isMoved: group.isMoved,
                                secrets: secrets,
                                grant: grant,
                                rule: rule,
                                claims: claims,
                                witness: Witness(
                                    cube,
                                    in: world,
                                    row,
                                    conditioned: question.conditioned,
                                    relevant: Set(claims.map(\.name)).subtracting(new.implied.map(\.claim)),
                                    repository: new.repository
                                ),
                                groups: groups(meeting: piece, in: world)
                            )
                            guard confirms(change) else { throw .unconfirmed(change.witness.text) }
                            Self.add(change, to: &changes)
                            guard changes.count <= AnalysisLimit.changes else {
                                throw .unknown(
                                    AnalysisLimit(reason: "more than \(AnalysisLimit.changes) kinds of tokens differ"))
                            }
                        }
                    }
                }
            }
        }
        return changes
    }

    /// The environment before, unless its tokens were of another kind: then nobody of today's had access.
    private func previous(_ environment: PolicyEnvironment) -> PolicyEnvironment? {
        guard let old, let before = old.environment(environment.name),
            Space.isModelled(old, before) == Space.isModelled(new, environment), old.issuer == new.issuer
        else { return nil }
        return before
    }

    /// The rules of both policies about each secret of an environment.
    private func rules(_ environment: PolicyEnvironment, _ before: PolicyEnvironment?) -> [SecretName: Group] {
        var readers: [SecretName: [Int]] = [:]
        for (number, grant) in (before?.grants ?? []).enumerated() {
            for name in Set(grant.read.map(\.name)) { readers[name, default: []].append(number) }
        }
        let moved = moved(environment, before)
        let isGuarded = environment.isProtected || old?.environment(environment.name)?.isProtected ?? false
        var rules: [SecretName: Group] = [:]
        for secret in environment.secrets {
            let name = secret.name
            let path = Array("\(environment.name)/\(name.text)".utf8)
            let isMoved = moved.contains(name)
            rules[name] = Group(
                newDenies: Self.denies(new, path),
                // Nobody could read before what is at the new place.
                oldGrants: isMoved ? [] : readers[name] ?? [],
                oldDenies: old.map { Self.denies($0, path) } ?? [],
                isGuarded: isGuarded || guarded.hold(SecretPlace(secret, of: environment)),
                isMoved: isMoved
            )
        }
        return rules
    }

    /// The secrets that come from another place than before, or by another role; what is lost is the name alone.
    private func moved(_ environment: PolicyEnvironment, _ before: PolicyEnvironment?) -> Set<SecretName> {
        guard direction == .gained, let before else { return [] }
        let isElsewhere = before.exchange != environment.exchange
        let references = Dictionary(before.secrets.map { ($0.name, $0.reference) }) { first, _ in first }
        let moved = environment.secrets.filter { secret in
            references[secret.name].map { isElsewhere || $0 != secret.reference } ?? false
        }
        return Set(moved.map(\.name))
    }

    private static func groups(_ grant: Grant, _ rules: [SecretName: Group]) -> [(Group, [String])] {
        var groups: [(Group, [String])] = []
        for name in grant.read.map(\.name) {
            guard let group = rules[name] else { continue }
            if let index = groups.firstIndex(where: { $0.0 == group }) {
                groups[index].1.append(name.text)
            } else {
                groups.append((group, [name.text]))
            }
        }
        return groups
    }

    private static func denies(_ policy: PolicyFile, _ path: [UInt8]) -> [Int] {
        policy.denies.indices.filter { index in policy.denies[index].read.contains { $0.matches(path) } }
    }

    /// The first row of the model that has a token of the piece.
    private static func realistic(_ piece: Cube, in world: World) -> (TokenRow?, Cube)? {
        for (row, cube) in world.rows {
            if let tokens = cube.intersection(piece) { return (row, tokens) }
        }
        return nil
    }

    /// A job's tokens are of the modelled kind, and reach nothing else.
    private func groups(meeting piece: Cube, in world: World) -> [Int]? {
        guard world.layout != .unmodelled else { return [] }
        return question.groups.map { groups in groups.indices.filter { groups[$0].meets(piece, in: world) } }
    }

    /// Changes that read the same are one, with all their secrets; their token must be able to read each at its second.
    private static func add(_ change: AccessChange, to changes: inout [AccessChange]) {
        let same = changes.firstIndex { other in
            other.grant.id == change.grant.id && other.claims == change.claims && other.rule?.id == change.rule?.id
                && other.isProtected == change.isProtected && other.isMoved == change.isMoved
                && other.witness.at == change.witness.at
        }
        guard let same else {
            changes.append(change)
            return
        }
        changes[same].groups = changes[same].groups.map { Array(Set($0 + (change.groups ?? []))).sorted() }
        changes[same].secrets += change.secrets.filter { !changes[same].secrets.contains($0) }
    }

    /// Whether the evaluator says of the token that one policy lets it in and the other does not.
    private func confirms(_ change: AccessChange) -> Bool {
        let claims = change.witness.claimSet
        return change.secrets.allSatisfy { secret in
            let allows = { (index: PolicyIndex?) in
                index?.allows(
                    environment: change.environment.name, secret: secret, claims: claims, at: change.witness.at
                ) ?? false
            }
            return allows(newIndex) && (change.isMoved || previous(change.environment) == nil || !allows(oldIndex))
        }
    }

    private static func unknown<Answer>(_ body: () throws(AnalysisLimit) -> Answer) throws(AnalysisError) -> Answer {
        do {
            return try body()
        } catch {
            throw .unknown(error)
        }
    }
}
