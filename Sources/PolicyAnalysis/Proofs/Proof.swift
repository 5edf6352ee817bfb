package import Policy

/// What became of one assertion.
package struct Proof: Sendable {
    /// The outcome.
    package enum Outcome: Sendable {
        /// It holds for every token that can exist; for `possible`, this token shows it.
        case proved(Exhibit?)
        /// This token contradicts it; for `possible`, no token can.
        case refuted(Exhibit?)
    }

    /// A token, and the secret that it may read by a grant.
    package struct Exhibit: Sendable {
        /// The token.
        package let witness: Witness
        /// The secret's environment.
        package let environment: String
        /// The secret's name.
        package let secret: String
        /// The grant.
        package let grant: Grant
    }

    /// The assertion.
    package let assertion: PolicyAssertion
    /// The outcome.
    package let outcome: Outcome

    /// Whether the assertion holds.
    package var holds: Bool {
        guard case .proved = outcome else { return false }
        return true
    }
}
