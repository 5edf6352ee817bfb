internal import COpenSSL

/// A hash function of the SHA-2 family (FIPS 180-4).
package enum DigestAlgorithm: Sendable, CaseIterable {
    /// SHA-256.
    case sha256
    /// SHA-384.
    case sha384
    /// SHA-512.
    case sha512

    /// The length of a digest in bytes.
    package var byteCount: Int {
        switch self {
        case .sha256: 32
        case .sha384: 48
        case .sha512: 64
        }
    }

    /// The digest of `message`.
    package func hash(_ message: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
        defer { ERR_clear_error() }
        var digest = [UInt8](repeating: 0, count: byteCount)
        guard EVP_Digest(message.baseAddress, message.count, &digest, nil, evp, nil) == 1 else {
            throw CryptoError(.operationFailed)
        }
        return digest
    }

    /// OpenSSL's static description of the function, which nobody has to free.
    var evp: OpaquePointer? {
        switch self {
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }
}
