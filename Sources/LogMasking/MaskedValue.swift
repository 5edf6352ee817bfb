package import Secrets

/// A value that must not be shown, and the name it is reported under.
package struct MaskedValue: Sendable {
    /// The secret's name, shown in reports; several values may share one.
    package let name: String
    /// The value; shared, not copied.
    package let value: SecretBytes
    /// Whether it is looked for as it is, in base64 and in hex alone.
    ///
    /// Every form of a token of a kilobyte that is good for minutes costs each start more than it is worth.
    package let isToken: Bool

    /// Pairs a value with its name.
    package init(name: String, value: SecretBytes, isToken: Bool = false) {
        self.name = name
        self.value = value
        self.isToken = isToken
    }
}
