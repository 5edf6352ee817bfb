package import Diagnostics
package import Secrets

/// Something that can unwrap data keys: age identities, or KMS.
package protocol DataKeyService: Sendable {
    /// The data key, or nil where this service has nothing to do with the recipient.
    func dataKey(in wrapping: WrappedDataKey) async throws(Diagnostic) -> SecretBytes?
}
