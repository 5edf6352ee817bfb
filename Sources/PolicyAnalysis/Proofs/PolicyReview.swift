package import Policy
import Secrets

/// What each grant of a policy can be used for, over every token that can exist.
package struct PolicyReview: Sendable {
    private let policy: PolicyFile
    private let space: Space
    private let conditioned: Set<String>
    private let views: [View]

    /// The grants of an environment in a world, each cut by the rows of the model.
    private struct View: Sendable {
        let environment: String
        let world: World
        let grants: [Cube]
        let denies: [Cube]
        let tokens: [[Tokens]]
    }

    /// The tokens of one row that a grant accepts.
    private struct Tokens: Sendable {
        /// The row's number in the world.
        let row: Int
        let cube: Cube
    }

    /// Prepares a policy; whatever is asked later may only have conditions of it and of `questions`.
    package init(_ policy: PolicyFile, asking questions: [ClaimCondition] = []) throws(AnalysisError) {
        self.policy = policy
        let space: Space
        do {
            space = try Space([policy], with: questions)
        } catch {
            throw .unknown(error)
        }
        self.space = space
        conditioned = space.claims
        views = policy.environments.flatMap { environment in
            space.worlds(policy, environment).map { Self.view(of: environment, in: $0, policy) }
        }
    }

    /// What proves the policy's assertions; to be asked for once.
    package var prover: PolicyProver { PolicyProver(policy, in: space) }

    private static func view(of environment: PolicyEnvironment, in world: World, _ policy: PolicyFile) -> View {
        let grants = environment.grants.map { world.cube($0, of: policy) }
        return View(
            environment: environment.name,
            world: world,
            grants: grants,
            denies: policy.denies.map { world.cube($0.conditions) },
            tokens: grants.map { grant in
                world.rows.indices.compactMap { row in
                    world.rows[row].cube.intersection(grant).map { Tokens(row: row, cube: $0) }
                }
            }
        )
    }

    // MARK: - Single grants

    /// Whether some token can use a grant, denied or not.
    package func isUsable(_ grant: Int, of environment: PolicyEnvironment) -> Bool {
        views(of: environment).contains { !$0.tokens[grant].isEmpty }
    }

    /// The grants of an environment that some token that meets conditions can use, denied or not.
    package func usableGrants(of environment: PolicyEnvironment, by asked: [ClaimCondition]) -> Set<Int> {
        var usable: Set<Int> = []
        for view in views(of: environment) {
            let wanted = view.world.cube(asked)
            for (grant, tokens) in view.tokens.enumerated()
            where tokens.contains(where: { !$0.cube.isDisjoint(with: wanted) }) {
                usable.insert(grant)
            }
        }
        return usable
    }

    /// A token that meets conditions and reads a secret by a grant; nil where none can exist.
    package func exhibit(
        _ grant: Int,
        of environment: PolicyEnvironment,
        by asked: [ClaimCondition] = []
    ) throws(AnalysisError) -> Proof.Exhibit? {
        for view in views(of: environment) {
            let wanted = view.world.cube(asked)
            for tokens in view.tokens[grant] {
                guard let cube = tokens.cube.intersection(wanted) else { continue }
                let found = try exhibit(cube, environment.grants[grant], asked, view.world.rows[tokens.row].row, view)
                if let found { return found }
            }
        }
        return nil
    }

    private func exhibit(
        _ tokens: Cube,
        _ grant: Grant,
        _ asked: [ClaimCondition],
        _ row: TokenRow?,
        _ view: View
    ) throws(AnalysisError) -> Proof.Exhibit? {
        for secret in grant.read.map(\.name) {
            guard let cube = try rest(of: tokens, secret, view) else { continue }
            let witness = Witness(
                cube,
                in: view.world,
                row,
                conditioned: conditioned,
                relevant: Set((grant.conditions + asked).map(\.claim)),
                repository: policy.repository
            )
            let decision = policy.decide(
                environment: view.environment, secret: secret.text, claims: witness.claimSet, at: witness.at)
            guard decision.isAllowed else { throw .unconfirmed(witness.text) }
            return Proof.Exhibit(
                witness: witness, environment: view.environment, secret: secret.text, grant: grant)
        }
        return nil
    }

    /// What of a set of tokens no rule about a secret denies.
    private func rest(of tokens: Cube, _ secret: SecretName, _ view: View) throws(AnalysisError) -> Cube? {
        let path = Array("\(view.environment)/\(secret.text)".utf8)
        let denies = policy.denies.indices.filter { index in
            policy.denies[index].read.contains { $0.matches(path) }
        }
        do {
            return try CubeSearch(space.budget).first(of: tokens, without: denies.map { view.denies[$0] }[...])
        } catch {
            throw .unknown(error)
        }
    }

    // MARK: - Pairs of grants

    /// The grants that change nothing, each with the first other one that gives all it gives to every token it is for.
    ///
    /// Of two that are equal, the later one changes nothing.
    package func shadows(in environment: PolicyEnvironment) -> [(grant: Int, by: Int)] {
        let views = views(of: environment)
        let reads = Readings(environment.grants)
        let isIn = { (grant: Int, other: Int) in
            reads.contain(grant, in: other)
                && views.allSatisfy { view in
                    view.tokens[grant].allSatisfy { $0.cube.isSubset(of: view.grants[other]) }
                }
        }
        return environment.grants.indices.compactMap { grant in
            guard views.contains(where: { !$0.tokens[grant].isEmpty }) else { return nil }
            let other = environment.grants.indices.first { other in
                other != grant && isIn(grant, other) && (other < grant || !isIn(other, grant))
            }
            return other.map { (grant, $0) }
        }
    }

    /// What grants read, so that equal lists are compared once.
    private struct Readings {
        private let numbers: [Int]
        private let isSubset: [[Bool]]

        init(_ grants: [Grant]) {
            var known: [Set<SecretName>: Int] = [:]
            var sets: [Set<SecretName>] = []
            numbers = grants.map { grant in
                let set = Set(grant.read.map(\.name))
                if let number = known[set] { return number }
                sets.append(set)
                known[set] = sets.count - 1
                return sets.count - 1
            }
            isSubset = sets.map { set in sets.map { set.isSubset(of: $0) } }
        }

        func contain(_ grant: Int, in other: Int) -> Bool { isSubset[numbers[grant]][numbers[other]] }
    }

    /// Whether some token meets conditions.
    package func isPossible(_ asked: [ClaimCondition], in environment: PolicyEnvironment) -> Bool {
        views(of: environment).contains { view in
            let wanted = view.world.cube(asked)
            return view.world.rows.contains { !$0.cube.isDisjoint(with: wanted) }
        }
    }

    private func views(of environment: PolicyEnvironment) -> [View] {
        views.filter { $0.environment.utf8.elementsEqual(environment.name.utf8) }
    }
}
