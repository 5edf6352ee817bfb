package import Policy
internal import Secrets

/// All policies of one moment, and what the organisation denies whatever they grant.
package struct PolicySet: Sendable {
    /// A secret that a token may read.
    package struct Granted: Sendable {
        /// The secret's name.
        package let path: SecretPath
        /// The secret.
        package let secret: SecretEntry
        /// The grant that gives it.
        package let grant: Grant
    }

    /// The policies, one a repository.
    package let policies: [LoadedPolicy]
    private let baseline: PolicyFile?

    /// Collects policies that are what the baseline asserts; its deny rules are asked each time.
    package init(policies: [LoadedPolicy], baseline: PolicyFile?) {
        self.policies = policies
        self.baseline = baseline
    }

    /// The policy of the repository that the claims name.
    package func policy(for claims: ClaimSet, issuer: String) -> LoadedPolicy? {
        policies.first { $0.concerns(claims, issuer: issuer) }
    }

    /// The policy of a digest, where it is still in force.
    package func policy(repository: String, digest: String) -> LoadedPolicy? {
        policies.first { $0.digest == digest && $0.repository.utf8.elementsEqual(repository.utf8) }
    }

    /// Every secret that a token with these claims may read, in the order of the policy.
    package func granted(by policy: LoadedPolicy, to claims: ClaimSet, at now: Int64) -> [Granted] {
        policy.environments.flatMap { environment in
            environment.secrets.compactMap { secret in
                let decision = policy.file.decide(
                    environment: environment.name, secret: secret.name.text, claims: claims, at: now)
                let path = SecretPath(environment: environment.name, name: secret.name)
                guard case .allow(let grant) = decision.outcome, !isDenied(path, claims) else { return nil }
                return Granted(path: path, secret: secret, grant: grant)
            }
        }
    }

    private func isDenied(_ path: SecretPath, _ claims: ClaimSet) -> Bool {
        baseline?.denies(path.description, claims) ?? false
    }
}

extension PolicyFile {
    fileprivate func denies(_ path: String, _ claims: ClaimSet) -> Bool {
        denies.contains { rule in
            rule.read.contains { $0.matches(Array(path.utf8)) }
                && rule.conditions.allSatisfy { $0.holds(for: claims[$0.claim]) }
        }
    }
}
