internal import Diagnostics
internal import Policy

/// The conditions that rules ask about and no rule of the policy has.
struct LintQuestions {
    let conditions: [ClaimCondition]

    /// What is asked about a policy and the jobs beside it.
    ///
    /// Of a claim that the policy never mentions nothing is asked: no grant hangs on it, and each claim more costs.
    init(about policy: PolicyFile, _ runs: [JobRun]) {
        let claims = Self.claims(of: policy)
        let isGuarded = policy.environments.contains(where: \.isProtected)
        let gate = isGuarded ? Self.gates(policy) : []
        let jobs = runs.flatMap { $0.alternatives(on: claims, of: policy).joined() }
        var seen: Set<String> = []
        conditions = (gate + jobs).filter { condition in
            seen.insert("\(condition.claim) \(condition.isNegated) \(condition.patterns.map(\.glob.text))").inserted
        }
    }

    /// The claims that the policy's own rules have conditions on.
    static func claims(of policy: PolicyFile) -> Set<String> {
        let grants = policy.environments.flatMap(\.grants).flatMap(\.conditions)
        let rules = policy.denies.flatMap(\.conditions) + policy.assertions.flatMap(\.conditions)
        return Set((policy.implied + grants + rules).map(\.claim))
    }

    private static func gates(_ policy: PolicyFile) -> [ClaimCondition] {
        guard let first = policy.environments.first else { return [] }
        return [.absent("environment", first.span)]
            + policy.environments.map { .exactly("environment", [$0.name], $0.span) }
    }
}
