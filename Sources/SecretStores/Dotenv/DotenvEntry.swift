internal import Secrets

/// One assignment of a dotenv file.
struct DotenvEntry: Sendable {
    let key: [UInt8]
    /// Nil for a key that stands alone, which takes away what python-dotenv read for it before.
    let value: SecretBytes?
    let line: Int
}
