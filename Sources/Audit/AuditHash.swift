internal import OpenSSLCrypto

/// The links of a chain: SHA-256 in lower-case hexadecimal.
enum AuditHash {
    /// What the first record of a log has before it.
    static let none = String(repeating: "0", count: length)

    static let length = 64

    /// The hash of a line up to its own hash.
    static func of(_ bytes: some Collection<UInt8>) throws(CryptoError) -> String {
        let digest = try Array(bytes).hashed()
        return hexadecimal(digest)
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
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

extension AuditHash {
    /// The bytes of a text in lower-case hexadecimal; none where it is not.
    static func bytes(_ text: String) -> [UInt8] {
        let digits = text.utf8.map { $0 < 0x3A ? Int($0) - 0x30 : Int($0) - 0x61 + 10 }
        guard digits.count.isMultiple(of: 2), digits.allSatisfy({ (0..<16).contains($0) }) else { return [] }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }
}
