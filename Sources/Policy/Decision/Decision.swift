/// Whether a token may read a secret, and why.
package struct Decision: Sendable {
    /// The answer.
    package enum Outcome: Sendable {
        /// It may, by this grant.
        case allow(Grant)
        /// It may not.
        case deny(Denial)
    }

    /// Why a token may not read a secret.
    package enum Denial: Sendable {
        /// No grant of the secret's environment matches.
        case noGrant
        /// A grant matches, and so does this rule, which wins.
        case denied(by: DenyRule)
        /// The policy has no such environment.
        case unknownEnvironment
        /// The environment has no such secret.
        case unknownSecret
    }

    /// The secret's environment.
    package let environment: String
    /// The secret's name.
    package let secret: String
    /// The answer.
    package let outcome: Outcome
    /// Every grant that names the secret, the nearest miss first.
    package let grants: [GrantEvaluation]
    /// The deny rules about the secret that hold for the token.
    package let denies: [DenyRule]

    /// Whether the token may read the secret.
    package var isAllowed: Bool {
        guard case .allow = outcome else { return false }
        return true
    }
}
