/// How it ended.
package enum AuditOutcome: String, Sendable {
    /// It was done.
    case success
    /// It was refused.
    case failure
    /// It could not be done.
    case error
}
