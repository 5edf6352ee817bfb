package import Secrets

/// A value that must not be shown, and the name it is reported under.
package struct MaskedValue: Sendable {
    /// The secret's name, shown in reports; several values may share one.
    package let name: String
    /// The value; shared, not copied.
    package let value: SecretBytes

    /// Pairs a value with its name.
    package init(name: String, value: SecretBytes) {
        self.name = name
        self.value = value
    }
}
