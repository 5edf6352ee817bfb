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
        let usable = environments.map { environment in
            tokens.reduce(into: Set<Int>()) { $0.formUnion(review.usableGrants(of: environment, by: $1)) }
        }
        let missing = call.names.filter { name in
            !zip(environments, usable).contains { environment, numbers in
                numbers.contains { environment.grants[$0].reads(name) }
            }
        }
        if environments.isEmpty, let name = call.environment {
            let isLocal = policy.environment(name) != nil
            let reason = isLocal ? "is for developers' own machines" : "the policy does not have"
            (fault, nearest) = ("asks for the environment `\(name)`, which \(reason)", nil)
        } else if usable.allSatisfy(\.isEmpty), environments.contains(where: { !$0.grants.isEmpty }) {
            fault = "runs inject, and no grant can give it anything"
            nearest = Self.nearest(environments, review, tokens) { _ in true }
        } else if let name = missing.first {
            fault = "asks for `\(name)`, which no grant can give it"
            nearest = Self.nearest(environments, review, tokens) { $0.reads(name) }
        } else {
            (fault, nearest) = (nil, nil)
        }
    }

    private static func nearest(
        _ environments: [PolicyEnvironment],
        _ review: PolicyReview,
        _ tokens: [[ClaimCondition]],
        where isWanted: (Grant) -> Bool
    ) -> String? {
        let misses = environments.flatMap { environment in
            environment.grants.filter(isWanted).map { grant in
                let missed = grant.conditions.filter { condition in
                    !tokens.contains { review.isPossible($0 + [condition], in: environment) }
                }
                return (grant, missed)
            }
        }
        guard let (grant, missed) = misses.min(by: { $0.1.count < $1.1.count }), let condition = missed.first else {
            return nil
        }
        let values = condition.patterns.map { "`\($0.glob.text)`" }.joined(separator: " or ")
        return "grant `\(grant.id)` is nearest, and wants \(condition.claim) to be \(values)"
    }
}

extension Grant {
    /// Whether it is for a secret of this name.
    fileprivate func reads(_ name: String) -> Bool { read.contains { $0.name.text == name } }
}
