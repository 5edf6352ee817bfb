package import Diagnostics
package import Secrets

/// Where values come from.
///
/// Every requested name has an entry in the answer, a value or the reason why there is none, so that all missing secrets are
/// told at once. A value is exactly the stored one. `expectConformance` holds every store to this.
package protocol SecretStore: Sendable {
    /// Whether references of this kind are the store's.
    func holds(_ reference: SecretReference) -> Bool

    /// Fetches what the requests name; all of them are references that the store holds.
    func fetch(_ requests: [SecretRequest]) async -> [SecretName: Result<SecretBytes, Diagnostic>]
}
