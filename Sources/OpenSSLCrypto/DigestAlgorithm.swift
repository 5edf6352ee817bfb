internal import COpenSSL

/// The hash functions that JWA uses (RFC 7518, section 3.1).
package enum DigestAlgorithm: Hashable, Sendable, CaseIterable {
    /// SHA-256.
    case sha256
    /// SHA-384.
    case sha384
    /// SHA-512.
    case sha512

    /// The digest of `bytes`.
    package func digest(of bytes: UnsafeRawBufferPointer) throws(CryptoError) -> [UInt8] {
        var output = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count: UInt32 = 0
        guard EVP_Digest(bytes.baseAddress, bytes.count, &output, &count, implementation, nil) == 1 else {
            throw OpenSSLFailure.clear(.operationFailed)
        }
        return Array(output.prefix(Int(count)))
    }

    /// The digest of bytes that are no secret.
    package func digest(of bytes: [UInt8]) throws(CryptoError) -> [UInt8] {
        let result: Result<[UInt8], CryptoError> = bytes.withUnsafeBytes { buffer in
            do throws(CryptoError) { return .success(try digest(of: buffer)) } catch { return .failure(error) }
        }
        return try result.get()
    }

    var implementation: OpaquePointer? {
        switch self {
        case .sha256: EVP_sha256()
        case .sha384: EVP_sha384()
        case .sha512: EVP_sha512()
        }
    }
}
