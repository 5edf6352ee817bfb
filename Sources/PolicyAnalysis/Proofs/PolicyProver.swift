package import Policy
import Secrets

/// Proves or refutes what a policy asserts, for every token of the model.
package struct PolicyProver: Sendable {
    private let policy: PolicyFile
    private let index: PolicyIndex
    private let conditioned: Set<String>
    private let access: [Access]
    private let search: CubeSearch

    /// Grants of an environment in a world, as cubes.
    private struct Access: Sendable {
        let environment: PolicyEnvironment
        let world: World
        let grants: [Cube]
        let denies: [Cube]
    }

    /// Prepares a policy: this is most of the work, and every proof afterwards is short.
    package init(_ policy: PolicyFile) throws(AnalysisError) {
        do {
            self.init(policy, in: try Space([policy]))
        } catch {
            throw .unknown(error)
        }
    }

    /// Prepares a policy in a space that was made of it and perhaps of more.
    init(_ policy: PolicyFile, in space: Space) {
        self.policy = policy
        index = PolicyIndex(policy)
        access = policy.environments.flatMap { environment in
            space.worlds(policy, environment).map { world in
                Access(
                    environment: environment,
                    world: world,
                    grants: environment.grants.map { world.cube($0, of: policy) },
                    denies: policy.denies.map { world.cube($0.conditions) }
                )
            }
        }
        conditioned = Vocabulary([policy]).claims
        search = CubeSearch(space.budget)
    }

    /// Proves one assertion of the policy or finds the shortest token against it.
    package func proof(of assertion: PolicyAssertion) throws(AnalysisError) -> Proof {
        for documentedOnly in assertion.kind == .possible ? [true] : [true, false] {
            for question in Self.questions(assertion) {
                guard let exhibit = try exhibit(assertion, question, documentedOnly: documentedOnly) else { continue }
                guard confirms(exhibit, assertion) else { throw .unconfirmed(exhibit.witness.text) }
                let isWanted = assertion.kind == .possible
                return Proof(assertion: assertion, outcome: isWanted ? .proved(exhibit) : .refuted(exhibit))
            }
        }
        return Proof(assertion: assertion, outcome: assertion.kind == .possible ? .refuted(nil) : .proved(nil))
    }

    /// The sets of tokens that may read nothing, or one of which must: `only C` is "never not C", claim by claim.
    private static func questions(_ assertion: PolicyAssertion) -> [[ClaimCondition]] {
        guard assertion.kind == .only else { return [assertion.conditions] }
        return assertion.conditions.map { [$0.negated] }
    }

    private func exhibit(
        _ assertion: PolicyAssertion,
        _ question: [ClaimCondition],
        documentedOnly: Bool
    ) throws(AnalysisError) -> Proof.Exhibit? {
        for access in access {
            let asked = access.world.cube(question)
            for (row, cube) in access.world.rows {
                let isDocumented = row.map { $0.status == .documented } ?? true
                guard isDocumented == documentedOnly, let tokens = cube.intersection(asked) else { continue }
                if let found = try exhibit(assertion, tokens, access, row) { return found }
            }
        }
        return nil
    }

    private func exhibit(
        _ assertion: PolicyAssertion,
        _ tokens: Cube,
        _ access: Access,
        _ row: TokenRow?
    ) throws(AnalysisError) -> Proof.Exhibit? {
        for (grant, cube) in zip(access.environment.grants, access.grants) where !cube.isDisjoint(with: tokens) {
            guard let both = cube.intersection(tokens) else { continue }
            var asked: Set<[Int]> = []
            for name in grant.read.map(\.name.text) {
                let path = Array("\(access.environment.name)/\(name)".utf8)
                guard assertion.read.contains(where: { $0.matches(path) }) else { continue }
                let denies = policy.denies.indices.filter { index in
                    policy.denies[index].read.contains { $0.matches(path) }
                }
                // Secrets that the same rules are about have the same answer.
                guard asked.insert(denies).inserted else { continue }
                let found = try Self.unknown { () throws(AnalysisLimit) in
                    try search.first(of: both, without: denies.map { access.denies[$0] }[...])
                }
                guard let found else { continue }
                return Proof.Exhibit(
                    witness: Witness(
                        found,
                        in: access.world,
                        row,
                        conditioned: conditioned,
                        relevant: Set((grant.conditions + assertion.conditions).map(\.claim)),
                        repository: policy.repository
                    ),
                    environment: access.environment.name,
                    secret: name,
                    grant: grant
                )
            }
        }
        return nil
    }

    private static func unknown<Answer>(_ body: () throws(AnalysisLimit) -> Answer) throws(AnalysisError) -> Answer {
        do {
            return try body()
        } catch {
            throw .unknown(error)
        }
    }

    /// Whether the evaluator, which knows nothing of atoms, says the same of the token.
    private func confirms(_ exhibit: Proof.Exhibit, _ assertion: PolicyAssertion) -> Bool {
        let claims = exhibit.witness.claimSet
        let isAllowed = index.allows(
            environment: exhibit.environment,
            secret: exhibit.secret,
            claims: claims,
            at: exhibit.witness.at
        )
        let meets = assertion.conditions.allSatisfy { $0.holds(for: claims[$0.claim]) }
        return isAllowed && meets == (assertion.kind != .only)
    }
}

extension ClaimCondition {
    /// The condition that holds where this one does not.
    var negated: ClaimCondition {
        ClaimCondition(claim: claim, patterns: patterns, isNegated: !isNegated, span: span)
    }
}
