/// The broker could not do what it would have allowed; nothing left it.
package enum BrokerFault: String, Error, Sendable {
    /// No memory for a secret, or OpenSSL failed.
    case resources = "no-resources"
    /// The state could not be read or written.
    case state = "state-unavailable"
    /// A later version of this program has changed the state's tables.
    case laterState = "state-of-later-version"
    /// The audit log could not be written.
    case audit = "audit-unavailable"
    /// A store did not give a value.
    case store = "store-unavailable"
}
