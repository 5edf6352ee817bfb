internal import COpenSSL

/// A digest of a message that comes in parts.
package struct IncrementalDigest: ~Copyable {
    private let pointer: OpaquePointer
    private let algorithm: DigestAlgorithm

    /// Starts with an empty message.
    package static func started(_ algorithm: DigestAlgorithm) throws(CryptoError) -> IncrementalDigest {
        let digest = try IncrementalDigest(algorithm)
        guard EVP_DigestInit_ex(digest.pointer, algorithm.evp, nil) == 1 else { throw CryptoError(.operationFailed) }
        return digest
    }

    private init(_ algorithm: DigestAlgorithm) throws(CryptoError) {
        guard let pointer = EVP_MD_CTX_new() else { throw CryptoError(.operationFailed) }
        self.pointer = pointer
        self.algorithm = algorithm
    }

    deinit {
        // Wipes the state, which holds the end of the message.
        EVP_MD_CTX_free(pointer)
    }

    /// Adds a part.
    package mutating func update(_ part: UnsafeRawBufferPointer) throws(CryptoError) {
        guard !part.isEmpty else { return }
        guard EVP_DigestUpdate(pointer, part.baseAddress, part.count) == 1 else { throw CryptoError(.operationFailed) }
    }

    /// The digest of all parts.
    package consuming func finish() throws(CryptoError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: algorithm.byteCount)
        guard EVP_DigestFinal_ex(pointer, &digest, nil) == 1 else { throw CryptoError(.operationFailed) }
        return digest
    }
}
