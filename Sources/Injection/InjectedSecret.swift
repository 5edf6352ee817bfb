package import Secrets

/// A secret on its way to the command.
package struct InjectedSecret: Sendable {
    /// The longest value, in bytes.
    package static let maximumCount = 64 * 1024

    /// The secret's name in the policy.
    package let name: SecretName
    /// The value.
    package let value: SecretBytes
    /// How it is delivered.
    package let delivery: SecretDelivery

    /// Pairs a value with its delivery.
    package init(name: SecretName, value: SecretBytes, delivery: SecretDelivery) {
        self.name = name
        self.value = value
        self.delivery = delivery
    }
}
