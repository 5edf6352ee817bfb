internal import OpenSSLCrypto
internal import Secrets

/// The links of a chain: SHA-256 in lower-case hexadecimal.
enum AuditHash {
    /// What the first record of a log has before it.
    static let none = String(repeating: "0", count: length)

    static let length = 64

    /// The hash of a line up to its own hash.
    static func of(_ bytes: [UInt8]) throws(CryptoError) -> String { Base16.text(try bytes.hashed()) }
}

extension [UInt8] {
    fileprivate func hashed() throws(CryptoError) -> [UInt8] {
        let result: Result<[UInt8], CryptoError> = withUnsafeBytes { bytes in
            do throws(CryptoError) { return .success(try DigestAlgorithm.sha256.hash(bytes)) } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
