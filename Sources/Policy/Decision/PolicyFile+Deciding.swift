import Secrets

extension PolicyFile {
    /// Decides whether a token with these claims may read a secret at this second.
    ///
    /// Pure and total: the same arguments give the same answer, every question has one, and whatever no grant allows is
    /// denied. Neither the order of the file nor a repetition changes it.
    package func decide(environment name: String, secret: String, claims: ClaimSet, at now: Int64) -> Decision {
        guard let environment = environment(name) else { return denied(name, secret, .unknownEnvironment) }
        guard let entry = environment.secrets.first(where: { $0.name.text.utf8.elementsEqual(secret.utf8) }) else {
            return denied(name, secret, .unknownSecret)
        }
        let grants = environment.grants.filter { $0.reads(entry.name) }
            .map { evaluate($0, claims, at: now) }
            .sorted { ($0.misses, $0.grant.rank) < ($1.misses, $1.grant.rank) }
        let path = Array((environment.name + "/" + entry.name.text).utf8)
        let denies = denies.filter { $0.holds(for: claims, path: path) }
        return Decision(
            environment: environment.name,
            secret: entry.name.text,
            outcome: Self.outcome(grants, denies),
            grants: grants,
            denies: denies
        )
    }

    /// Decides about every secret of an environment, in the order of the file.
    package func decisions(in environment: PolicyEnvironment, claims: ClaimSet, at now: Int64) -> [Decision] {
        environment.secrets.map {
            decide(environment: environment.name, secret: $0.name.text, claims: claims, at: now)
        }
    }

    private static func outcome(_ grants: [GrantEvaluation], _ denies: [DenyRule]) -> Decision.Outcome {
        guard let match = grants.first(where: \.matches) else { return .deny(.noGrant) }
        guard let rule = denies.min(by: { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }) else {
            return .allow(match.grant)
        }
        return .deny(.denied(by: rule))
    }

    private func denied(_ environment: String, _ secret: String, _ denial: Decision.Denial) -> Decision {
        Decision(environment: environment, secret: secret, outcome: .deny(denial), grants: [], denies: [])
    }

    private func evaluate(_ grant: Grant, _ claims: ClaimSet, at now: Int64) -> GrantEvaluation {
        let all = impliedConditions(of: grant).map { ($0, true) } + grant.conditions.map { ($0, false) }
        let evaluations = all.map { condition, isImplied in
            let actual = claims[condition.claim]
            return ConditionEvaluation(
                condition: condition,
                actual: actual,
                isImplied: isImplied,
                holds: condition.holds(for: actual)
            )
        }
        return GrantEvaluation(grant: grant, conditions: evaluations, timing: grant.timing(at: now))
    }
}

extension Grant {
    /// Which of two grants is named when both match: the ordinary one before break-glass, then by id.
    var rank: String { (isBreakGlass ? "1" : "0") + id }

    func timing(at now: Int64) -> GrantEvaluation.Timing {
        if let notBefore, now < notBefore { return .notYet }
        if let expires, now >= expires { return .expired }
        return .current
    }
}

extension DenyRule {
    func holds(for claims: ClaimSet, path: [UInt8]) -> Bool {
        read.contains { $0.matches(path) } && conditions.allSatisfy { $0.holds(for: claims[$0.claim]) }
    }
}
