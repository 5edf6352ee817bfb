internal import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import Secrets

/// What one call of inject asks for, and whether any token of its job gets it.
struct JobDemand {
    /// Why it gets nothing, as the end of "the job …"; nil where it can get all that it names.
    let fault: String?
    /// The grant that misses least, and what it wants.
    let nearest: String?

    init(_ call: InjectCall, of policy: PolicyFile, _ review: PolicyReview, _ tokens: [[ClaimCondition]]) {
        let environments = policy.environments.filter { environment in
            !environment.isLocal && (call.environment.map { $0 == environment.name } ?? true)
        }
        let grants = environments.flatMap { environment in environment.grants.indices.map { (environment, $0) } }
        let usable = environments.flatMap { environment in
            tokens.reduce(into: Set<Int>()) { $0.formUnion(review.usableGrants(of: environment, by: $1)) }
                .map { (environment, $0) }
        }
        let missing = call.names.filter { name in
            !usable.contains { environment, number in environment.grants[number].read.contains { $0.name.text == name }
            }
        }
        if environments.isEmpty, let name = call.environment {
            (fault, nearest) = ("asks for the environment `\(name)`, which the policy does not have", nil)
        } else if usable.isEmpty, !grants.isEmpty {
            fault = "runs inject, and no grant can give it anything"
            nearest = Self.nearest(grants, review, tokens)
        } else if let name = missing.first {
            let named = grants.filter { environment, number in
                environment.grants[number].read.contains { $0.name.text == name }
            }
            fault = "asks for `\(name)`, which no grant can give it"
            nearest = Self.nearest(named, review, tokens)
        } else {
            (fault, nearest) = (nil, nil)
        }
    }

    private static func nearest(
        _ grants: [(PolicyEnvironment, Int)],
        _ review: PolicyReview,
        _ tokens: [[ClaimCondition]]
    ) -> String? {
        let misses = grants.map { environment, number in
            let missed = environment.grants[number].conditions.filter { condition in
                !tokens.contains { review.isPossible($0 + [condition], in: environment) }
            }
            return (environment.grants[number], missed)
        }
        guard let (grant, missed) = misses.min(by: { $0.1.count < $1.1.count }), let condition = missed.first else {
            return nil
        }
        let values = condition.patterns.map { "`\($0.glob.text)`" }.joined(separator: " or ")
        return "grant `\(grant.id)` is nearest, and wants \(condition.claim) to be \(values)"
    }
}
