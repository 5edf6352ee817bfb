package import Secrets

/// A secret's value as a store has it.
package struct StoredValue: Sendable {
    /// The value.
    package let bytes: SecretBytes
    /// The store's own name of the version, where it has versions.
    package let version: String?

    /// Pairs a value with its version.
    package init(_ bytes: SecretBytes, version: String? = nil) {
        self.bytes = bytes
        self.version = version
    }
}
