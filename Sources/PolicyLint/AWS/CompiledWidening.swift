internal import AWSClient
internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// What a role of AWS would let in beyond an environment's grants.
struct CompiledWidening: Sendable {
    let widening: TrustWidening

    /// Whether AWS sees the claims, and reads a star in one of them in another way.
    var isOfStars: Bool { widening.claims.allSatisfy(GitHubConditionKeys.claims.contains) }

    /// The condition that says less in AWS, or the grant.
    var span: SourceSpan {
        widening.grant.conditions.first { widening.claims.contains($0.claim) }?.span ?? widening.grant.span
    }

    /// Those of all environments with a role; what cannot be analysed is another rule's.
    static func all(of policy: PolicyFile) -> [CompiledWidening] {
        guard policy.issuer == .github else { return [] }
        return policy.environments.flatMap { environment -> [CompiledWidening] in
            guard case .aws = environment.exchange else { return [] }
            let widenings = try? TrustPolicy(for: environment, of: policy).widenings()
            return (widenings ?? []).map(CompiledWidening.init)
        }
    }
}
