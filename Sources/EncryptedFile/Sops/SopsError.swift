/// Why an encrypted file cannot be read; holds nothing of its values.
package enum SopsError: Error, Hashable, Sendable {
    /// The file is not YAML, JSON or dotenv as its name says.
    case syntax(line: Int?)
    /// The file is longer than what is read.
    case tooLong(Int)
    /// There is no `sops` part.
    case notEncrypted
    /// The `sops` part lacks something or has something unknown.
    case metadata(String)
    /// A value does not decrypt: it was changed, or comes from another place or file.
    case value(String)
    /// A value is not encrypted, so nobody knows who wrote it there.
    case readable(String)
    /// The values are not those that were written last.
    case notAuthentic
    /// A name cannot be written or removed, and why.
    case name(String)
    /// There is no memory, or OpenSSL failed.
    case unavailable
}
