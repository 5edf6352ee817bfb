package import Diagnostics

extension Diagnostic.ID {
    /// A key that this place does not have.
    package static let policyUnknownKey = Diagnostic.ID("policy-unknown-key")
    /// A key that this place must have.
    package static let policyMissingKey = Diagnostic.ID("policy-missing-key")
    /// Text, a list or a map where another kind is wanted.
    package static let policyWrongKind = Diagnostic.ID("policy-wrong-kind")
    /// A value outside the few that its key can have.
    package static let policyBadValue = Diagnostic.ID("policy-bad-value")
    /// Two things that need different names have the same.
    package static let policyDuplicate = Diagnostic.ID("policy-duplicate")
    /// A `from` that names no store or not in the store's form.
    package static let policyReference = Diagnostic.ID("policy-reference")
    /// A delivery under a name that makes programs run code.
    package static let policyDangerousName = Diagnostic.ID("policy-dangerous-name")
    /// A name that cannot be an environment variable.
    package static let policyBadName = Diagnostic.ID("policy-bad-name")
    /// Two secrets delivered under one name.
    package static let policyCollision = Diagnostic.ID("policy-collision")
    /// A file's path or mode that lets it out of the private folder or into other hands.
    package static let policyFile = Diagnostic.ID("policy-file")
    /// A text that is no pattern.
    package static let policyPattern = Diagnostic.ID("policy-pattern")
    /// A claim that no pattern may be about.
    package static let policyUnmatchableClaim = Diagnostic.ID("policy-unmatchable-claim")
    /// A claim's name that looks like a slip.
    package static let policyUnknownClaim = Diagnostic.ID("policy-unknown-claim")
    /// `not` in a grant.
    package static let policyNegation = Diagnostic.ID("policy-negation")
    /// A secret or environment that the policy does not have.
    package static let policyUnknownSecret = Diagnostic.ID("policy-unknown-secret")
    /// A grant of a protected environment without the pins it must have.
    package static let policyProtected = Diagnostic.ID("policy-protected")
    /// A break-glass grant without an end, or open for too long.
    package static let policyBreakGlass = Diagnostic.ID("policy-break-glass")
}
