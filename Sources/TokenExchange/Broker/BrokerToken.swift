package import Secrets

/// A broker's token: opaque, good for minutes and for exactly the secrets it names.
package struct BrokerToken: Sendable {
    /// The token; whoever has it reads the secrets until it is revoked.
    package let credential: SecretBytes
    /// How long it lives, in seconds from when it was given.
    package let expiresIn: Int64
    /// What can be read with it.
    package let scope: [SecretPath]
    /// The grant that gave it, or several with spaces between.
    package let grant: String
}
