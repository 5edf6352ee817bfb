package import Secrets

/// What signs requests: long-lived keys of a user, or the three parts of a session.
package struct AWSCredentials: Sendable {
    /// The public half, which AWS shows in its logs.
    package let accessKeyID: String
    /// The half that signs.
    package let secretAccessKey: SecretBytes
    /// What goes with a session's keys; nil for those of a user.
    package let sessionToken: SecretBytes?
    /// When they stop working, in seconds since the Unix epoch; nil where they do not.
    package let expiration: Int64?

    /// Puts credentials together.
    package init(
        accessKeyID: String,
        secretAccessKey: SecretBytes,
        sessionToken: SecretBytes? = nil,
        expiration: Int64? = nil
    ) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
        self.expiration = expiration
    }
}
