package import Secrets

/// One secret that is to be fetched.
package struct SecretRequest: Hashable, Sendable {
    /// The name that the answer is found under.
    package let name: SecretName
    /// Where the value is.
    package let reference: SecretReference

    /// Pairs a name with a place.
    package init(name: SecretName, reference: SecretReference) {
        self.name = name
        self.reference = reference
    }
}
