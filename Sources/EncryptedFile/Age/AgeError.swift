/// Why an age file is not decrypted; holds nothing of it.
package enum AgeError: Error, Hashable, Sendable {
    /// The ASCII armor is not one.
    case armor
    /// The header is not one of version 1.
    case header
    /// None of the identities is a recipient of the file.
    case noMatch
    /// The header was changed after it was written.
    case headerNotAuthentic
    /// The payload was changed, cut short or lengthened.
    case payload
    /// A recipient's or identity's text is not one.
    case malformedKey
    /// There is no memory, or OpenSSL failed.
    case unavailable
}
