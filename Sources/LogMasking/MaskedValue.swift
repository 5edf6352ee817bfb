package import Secrets

/// A value that must not be seen in the output, under the name that reports call it by.
package struct MaskedValue: Sendable {
    /// The name of the secret, never its value.
    package let name: String
    /// The value.
    package let value: SecretBytes

    /// Pairs a name with its value.
    package init(name: String, value: SecretBytes) {
        self.name = name
        self.value = value
    }
}
