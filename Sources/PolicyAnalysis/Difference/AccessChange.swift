package import Policy

/// Access that a change of the policy gives or takes, with one token that shows it.
package struct AccessChange: Sendable {
    /// Which way.
    package enum Direction: String, Sendable {
        /// Tokens that could not read the secrets now can.
        case gained
        /// Tokens that could read the secrets no longer can.
        case lost
    }

    /// One claim of the tokens, in the user's own patterns.
    package struct Claim: Hashable, Sendable {
        /// The claim.
        package let name: String
        /// Its values, as the end of "the claim is …".
        package let values: String
    }

    /// Which way.
    package let direction: Direction
    /// The environment.
    package let environment: PolicyEnvironment
    /// Whether a protected environment has the secrets, or had them before.
    package let isProtected: Bool
    /// Whether the secrets come from another place than before, so that who could read them reads something new.
    package let isMoved: Bool
    /// The secrets, in the order of the file.
    package internal(set) var secrets: [String]
    /// The grant that gives the access, or that gave it.
    package let grant: Grant
    /// The rule that took the access away before, or does now; nil where the grant itself is the change.
    package let rule: DenyRule?
    /// The claims that the tokens must have; those that can be anything are not among them.
    package let claims: [Claim]
    /// A token.
    package let witness: Witness
    /// The groups of tokens, by number, of which some are among the change's; nil where a limit left that unknown.
    package internal(set) var groups: [Int]?

    /// Whether it opens a protected environment to somebody.
    package var isAlarming: Bool { direction == .gained && isProtected }
}
