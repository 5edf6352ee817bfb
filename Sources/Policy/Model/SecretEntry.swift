package import Diagnostics
package import Secrets

/// A secret of an environment: where it comes from and how it is delivered; never its value.
package struct SecretEntry: Sendable {
    /// The name.
    package let name: SecretName
    /// Where the name stands.
    package let span: SourceSpan
    /// The reference as it is written.
    package let from: String
    /// The reference, taken apart.
    package let reference: SecretReference
    /// How it reaches the command.
    package let delivery: SecretDelivery
    /// Whether its value is masked in the command's output; false only where the policy says `mask: "false"`.
    package let isMasked: Bool
    /// Who rotates it.
    package let owner: String?
    /// How old it may become, in seconds.
    package let maximumAge: Int?
    /// What kind of secret it is, such as `database`.
    package let category: String?
}
