package import Secrets

/// A secret's value with the version that it is of, where the service says which.
package struct VersionedValue: Sendable {
    /// The value.
    package let bytes: SecretBytes
    /// The service's own name of the version.
    package let version: String?

    /// Pairs a value with its version.
    package init(_ bytes: SecretBytes, version: String?) {
        self.bytes = bytes
        self.version = version
    }
}
