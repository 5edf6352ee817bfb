/// How one condition looks at one token.
package struct ConditionEvaluation: Sendable {
    /// The condition.
    package let condition: ClaimCondition
    /// The claim's value, nil where the token has none.
    package let actual: [UInt8]?
    /// Whether the grant carries the condition without writing it.
    package let isImplied: Bool
    /// Whether it holds.
    package let holds: Bool
}
