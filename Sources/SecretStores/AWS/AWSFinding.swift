package import Diagnostics

/// What an inspection says of a secret.
package enum AWSFinding: Sendable {
    /// It is there; `unchecked` is what of it could not be looked at.
    case present(unchecked: String?)
    /// The session may not look at it, which a run need not either; `action` would let it.
    case hidden(action: String)
    /// A run could not read it.
    case unreadable(Diagnostic)
}
