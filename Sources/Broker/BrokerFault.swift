/// The broker could not do what it would have allowed; nothing left it.
package enum BrokerFault: String, Error, Sendable {
    /// No memory for a secret, or OpenSSL failed.
    case resources = "no-resources"
    /// The state could not be read or written.
    case state = "state-unavailable"
    /// The audit log could not be written.
    case audit = "audit-unavailable"
    /// A store did not give a value.
    case store = "store-unavailable"
}
