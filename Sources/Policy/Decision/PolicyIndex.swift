import Secrets

/// A policy, prepared for many decisions: each looks at the grants and rules that the token can meet, however many there are.
///
/// It answers as ``PolicyFile/decide(environment:secret:claims:at:)`` does, without the grants that came near.
package struct PolicyIndex: Sendable {
    private let policy: PolicyFile
    private let environments: [[UInt8]: Environment]
    private let denies: RuleIndex

    private struct Environment {
        let environment: PolicyEnvironment
        let secrets: [[UInt8]: SecretName]
        let grants: RuleIndex
    }

    /// The name that the secret has among a grant's conditions; no claim has it, since claims are visible.
    private static let read = " read"

    /// Prepares a policy, in time and memory that grow as the policy does.
    package init(_ policy: PolicyFile) {
        self.policy = policy
        let prepared = policy.environments.map { (Array($0.name.utf8), Self.prepared($0)) }
        environments = Dictionary(prepared) { first, _ in first }
        denies = RuleIndex(policy.denies.map { $0.conditions })
    }

    /// Whether a token with these claims may read a secret at this second.
    package func allows(environment: String, secret: String, claims: ClaimSet, at now: Int64) -> Bool {
        guard case .allow = outcome(environment: environment, secret: secret, claims: claims, at: now) else {
            return false
        }
        return true
    }

    private static func prepared(_ environment: PolicyEnvironment) -> Environment {
        // What every grant implies tells none from another.
        let read = environment.grants.map { grant in grant.read.map { $0.name.text } }
        let names = environment.secrets.map { (Array($0.name.text.utf8), $0.name) }
        return Environment(
            environment: environment,
            secrets: Dictionary(names) { first, _ in first },
            grants: RuleIndex(environment.grants.map { $0.conditions }, named: (Self.read, read))
        )
    }

    /// Decides whether a token with these claims may read a secret at this second.
    package func outcome(environment: String, secret: String, claims: ClaimSet, at now: Int64) -> Decision.Outcome {
        guard let place = environments[Array(environment.utf8)] else { return .deny(.unknownEnvironment) }
        let text = Array(secret.utf8)
        guard let name = place.secrets[text] else { return .deny(.unknownSecret) }
        guard let grant = grant(of: name, text, in: place, claims, now) else { return .deny(.noGrant) }
        let path = Array(environment.utf8) + [UInt8(ascii: "/")] + text
        let rules = denies.candidates { claims[$0] }.map { policy.denies[$0] }.filter {
            $0.holds(for: claims, path: path)
        }
        let first = rules.min { $0.id.utf8.lexicographicallyPrecedes($1.id.utf8) }
        return first.map { .deny(.denied(by: $0)) } ?? .allow(grant)
    }

    private func grant(
        of name: SecretName,
        _ text: [UInt8],
        in place: Environment,
        _ claims: ClaimSet,
        _ now: Int64
    ) -> Grant? {
        var found: Grant?
        for number in place.grants.candidates({ $0 == Self.read ? text : claims[$0] }) {
            let grant = place.environment.grants[number]
            guard grant.timing(at: now) == .current, grant.reads(name),
                grant.conditions.allSatisfy({ $0.holds(for: claims[$0.claim]) }),
                policy.impliedConditions(of: grant).allSatisfy({ $0.holds(for: claims[$0.claim]) })
            else { continue }
            if found.map({ grant.rank < $0.rank }) ?? true { found = grant }
        }
        return found
    }
}
