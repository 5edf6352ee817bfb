/// The kernel gave no memory for a secret.
package struct SecretMemoryError: Error, Hashable, Sendable {
    /// How many bytes were asked for.
    package let byteCount: Int

    /// Describes a failure.
    package init(byteCount: Int) { self.byteCount = byteCount }
}
