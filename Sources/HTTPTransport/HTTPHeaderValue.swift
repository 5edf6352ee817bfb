package import Secrets

/// The value of a request's header.
package enum HTTPHeaderValue: Sendable {
    /// A value that may be seen.
    case plain(String)
    /// A secret behind text that may be seen, such as `Bearer `.
    case secret(prefix: String, SecretBytes)
}
