internal import Secrets

/// A job's token as something that is used up.
package struct TokenUse: Hashable, Sendable {
    /// Who issued it.
    package let issuer: String
    /// Its `jti`, or where it has none, the digest of what its signature covers.
    package let id: [UInt8]
    /// From when on the token is refused for its age anyway, and its use may be forgotten.
    package let forgettableAt: Int64

    /// Describes a use.
    package init(issuer: String, id: [UInt8], forgettableAt: Int64) {
        self.issuer = issuer
        self.id = id
        self.forgettableAt = forgettableAt
    }

    /// The `jti` as records have it; a digest in hexadecimal.
    var text: String { String(validating: id, as: UTF8.self) ?? Base16.text(id) }
}
