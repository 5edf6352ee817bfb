/// How one grant looks at one token.
package struct GrantEvaluation: Sendable {
    /// How the grant's times look at the asked second.
    package enum Timing: String, Sendable {
        /// It holds.
        case current
        /// It does not hold yet.
        case notYet = "not yet"
        /// It holds no more.
        case expired
    }

    /// The grant.
    package let grant: Grant
    /// Each condition, implied ones first.
    package let conditions: [ConditionEvaluation]
    /// How its times look.
    package let timing: Timing

    /// Whether the grant gives the secret to the token.
    package var matches: Bool { misses == 0 }

    /// How many things would have to be different.
    package var misses: Int {
        conditions.count { !$0.holds } + (timing == .current ? 0 : 1)
    }
}
