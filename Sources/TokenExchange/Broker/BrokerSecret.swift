package import Secrets

/// A secret as a broker serves it.
package struct BrokerSecret: Sendable {
    /// Which one it is.
    package let path: SecretPath
    /// The value.
    package let value: SecretBytes
    /// The value's version, where its store has versions.
    package let version: String?
    /// How the broker's policy has it delivered.
    package let delivery: SecretDelivery
}
