internal import Secrets

/// One assignment of a dotenv file.
struct DotenvEntry: Sendable {
    let key: [UInt8]
    let value: SecretBytes
    let line: Int
}
