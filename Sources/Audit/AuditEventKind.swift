/// What kind of thing happened; its text stands in the record and never changes.
///
/// Each names the event class of PCI DSS v4.0, requirement 10.2.1, that it is evidence for.
package enum AuditEventKind: String, Sendable, CaseIterable {
    /// A value left the broker, or was refused (10.2.1.1).
    case secretRead = "secret.read"
    /// Somebody asked what a token may read (10.2.1.2).
    case accessExplained = "access.explained"
    /// Somebody asked about a token (10.2.1.2).
    case tokenInspected = "token.inspected"
    /// The policies were read, or refused (10.2.1.2).
    case policiesLoaded = "policies.loaded"
    /// The certificate was read anew, or refused (10.2.1.2).
    case certificateLoaded = "certificate.loaded"
    /// The end of a log was read, to go on with it (10.2.1.3).
    case logRead = "audit.read"
    /// A token, or what claimed to be one, was refused (10.2.1.4).
    case tokenRefused = "token.refused"
    /// A scoped token was issued (10.2.1.5).
    case tokenIssued = "token.issued"
    /// A scoped token was taken back (10.2.1.5).
    case tokenRevoked = "token.revoked"
    /// A scoped token that never left, because the broker stopped before its record was written (10.2.1.5).
    case tokenInterrupted = "token.interrupted"
    /// The log was begun, or goes on after a start (10.2.1.6).
    case logStarted = "audit.started"
    /// The log ends in an orderly way (10.2.1.6).
    case logStopped = "audit.stopped"
    /// A half-written record was cut off the end of the log, or records can be written again (10.2.1.6).
    case logRepaired = "audit.repaired"
    /// A signature over everything before it.
    case checkpoint = "audit.checkpoint"
    /// The log goes on in a new file (10.2.1.7).
    case logRotated = "audit.rotated"
    /// An older part of the log is removed, since it need not be kept any more (10.2.1.7).
    case logRemoved = "audit.removed"
    /// The broker's own files were made or removed (10.2.1.7).
    case stateCreated = "state.created"
}
