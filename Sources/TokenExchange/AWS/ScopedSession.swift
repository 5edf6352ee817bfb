package import AWSClient
package import Policy

/// A session's credentials with what they may read.
package struct ScopedSession: Sendable {
    /// The credentials; they open nothing but `secrets` and `keys`.
    package let credentials: AWSCredentials
    /// What can be read with them.
    package let secrets: [GrantedSecret]
    /// The keys of KMS that it may use.
    package let keys: [String]
}
