package import Diagnostics
package import Secrets

/// A store that is asked for some references only, because what opens it opens no others.
package struct PartialStore: SecretStore {
    private let store: any SecretStore
    private let references: Set<SecretReference>

    /// Limits a store.
    package init(_ store: any SecretStore, holding references: Set<SecretReference>) {
        self.store = store
        self.references = references
    }

    /// Holds what the store holds and is among the references.
    package func holds(_ reference: SecretReference) -> Bool {
        references.contains(reference) && store.holds(reference)
    }

    /// Asks the store.
    package func fetch(_ requests: [SecretRequest]) async -> [SecretName: Result<SecretBytes, Diagnostic>] {
        await store.fetch(requests)
    }
}
