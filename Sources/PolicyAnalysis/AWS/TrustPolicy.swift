package import Policy
import Secrets

/// What a role of AWS has to trust so that the grants of an environment work, and whether that is more than they say.
package struct TrustPolicy: Sendable {
    /// The statements; any that allows is enough, and any that denies wins.
    package let statements: [TrustStatement]
    private let policy: PolicyFile
    private let environment: PolicyEnvironment

    /// The trust policy of an environment.
    package init(for environment: PolicyEnvironment, of policy: PolicyFile) {
        self.policy = policy
        self.environment = environment
        let paths = environment.secrets.map { Array("\(environment.name)/\($0.name.text)".utf8) }
        let rules = policy.denies.filter { rule in
            paths.allSatisfy { path in rule.read.contains { $0.matches(path) } }
        }
        statements =
            environment.grants.map { TrustStatement($0, of: policy) } + rules.compactMap { TrustStatement($0) }
    }

    /// Tokens that get in although no grant gives them the secret, one for each grant at most.
    ///
    /// What the policy itself accepts with `allow_widening` is not reported. `sub` only ever narrows, so it may be left out.
    package func widenings() throws(AnalysisError) -> [TrustWidening] {
        let accepted = environment.widening?.claims ?? []
        do {
            let space = try Space([policy], with: statements.flatMap(\.conditions))
            let plans = space.modelled.map { plan($0, of: space, accepted) }
            var found: [TrustWidening] = []
            for grant in environment.grants {
                if let widening = try widening(of: grant, plans) { found.append(widening) }
            }
            return found
        } catch let limit as AnalysisLimit {
            throw .unknown(limit)
        } catch let error as AnalysisError {
            throw error
        } catch {
            throw .unknown(AnalysisLimit(reason: "\(error)"))
        }
    }

    /// What is asked in a world, made once for all grants.
    private struct Plan {
        let world: World
        let search: CubeSearch
        let denied: [Cube]
        let questions: [Question]
    }

    /// What the policy says of a secret, and of all others of which it says the same.
    private struct Question {
        let secret: SecretEntry
        let grants: [Cube]
        let denies: [Cube]
    }

    /// What the policy says of each secret, without the conditions that it accepts to lose.
    private func plan(_ world: World, of space: Space, _ accepted: [String]) -> Plan {
        let grants = environment.grants.map { grant in
            var cube = world.cube(
                (policy.impliedConditions(of: grant) + grant.conditions).filter { !accepted.contains($0.claim) })
            cube.sets[world.variables.count] = world.cube(grant, of: policy).sets[world.variables.count]
            return cube
        }
        let denies = policy.denies.map { world.cube($0.conditions) }
        var asked: Set<[[Int]]> = []
        var questions: [Question] = []
        for secret in environment.secrets where environment.grants.contains(where: { $0.reads(secret.name) }) {
            let readers = environment.grants.indices.filter { index in
                environment.grants[index].reads(secret.name) || accepted.contains("read")
            }
            let path = Array("\(environment.name)/\(secret.name.text)".utf8)
            let rules = policy.denies.indices.filter { index in
                let rule = policy.denies[index]
                return rule.read.contains { $0.matches(path) }
                    && !rule.conditions.contains { accepted.contains($0.claim) }
            }
            guard asked.insert([readers, rules]).inserted else { continue }
            questions.append(
                Question(secret: secret, grants: readers.map { grants[$0] }, denies: rules.map { denies[$0] }))
        }
        let denied = statements.filter(\.isDeny).map { world.cube($0.conditions) }
        return Plan(world: world, search: CubeSearch(space.budget), denied: denied, questions: questions)
    }

    private func widening(of grant: Grant, _ plans: [Plan]) throws -> TrustWidening? {
        for plan in plans {
            let world = plan.world
            var trusted = world.cube(TrustStatement(grant, of: policy).conditions)
            trusted.sets[world.variables.count] = world.cube(grant, of: policy).sets[world.variables.count]
            for question in plan.questions {
                for (row, tokens) in world.rows {
                    guard let asked = tokens.intersection(trusted) else { continue }
                    var found = try plan.search.first(of: asked, without: (plan.denied + question.grants)[...])
                    for rule in question.denies where found == nil {
                        guard let both = asked.intersection(rule) else { continue }
                        found = try plan.search.first(of: both, without: plan.denied[...])
                    }
                    guard let found else { continue }
                    return try widening(grant, question.secret, found, world, row)
                }
            }
        }
        return nil
    }

    /// The widening with its token, which the evaluator has to refuse.
    private func widening(
        _ grant: Grant,
        _ secret: SecretEntry,
        _ cube: Cube,
        _ world: World,
        _ row: TokenRow?
    ) throws(AnalysisError) -> TrustWidening {
        let conditions = policy.impliedConditions(of: grant) + grant.conditions
        let claims = Set((conditions + policy.denies.flatMap(\.conditions)).map(\.claim))
        let witness = Witness(
            cube,
            in: world,
            row,
            conditioned: Vocabulary([policy]).claims,
            relevant: claims.subtracting(policy.implied.map(\.claim)),
            repository: policy.repository
        )
        let decision = policy.decide(
            environment: environment.name,
            secret: secret.name.text,
            claims: witness.claimSet,
            at: witness.at
        )
        guard !decision.isAllowed else { throw .unconfirmed(witness.text) }
        return TrustWidening(
            grant: grant,
            secret: secret.name.text,
            claims: unseen(grant, secret, witness, decision),
            witness: witness
        )
    }

    /// What of the token the policy refuses and AWS does not see.
    private func unseen(_ grant: Grant, _ secret: SecretEntry, _ witness: Witness, _ decision: Decision) -> [String] {
        let accepted = environment.widening?.claims ?? []
        let denied = Set(decision.denies.flatMap { $0.conditions.map(\.claim) }).subtracting(accepted)
        if !denied.isEmpty { return denied.sorted() }
        let conditions = policy.impliedConditions(of: grant) + grant.conditions
        let failed = conditions.filter { !$0.holds(for: witness.claimSet[$0.claim]) }.map(\.claim).filter {
            !accepted.contains($0)
        }
        return failed.isEmpty ? ["read"] : failed
    }
}
