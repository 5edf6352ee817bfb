internal import COpenSSL
package import Secrets

/// Authenticated encryption with associated data under one key.
///
/// A nonce must never serve twice under one key.
package struct AuthenticatedCipher: Sendable {
    /// The algorithm.
    package enum Algorithm: Sendable {
        /// AES-256 in Galois/Counter Mode (NIST SP 800-38D), with nonces of 1 to 128 bytes.
        ///
        /// A nonce that has not 12 bytes is hashed into one, so long random nonces are safe.
        case aes256GCM
        /// ChaCha20-Poly1305 (RFC 8439), with nonces of 12 bytes.
        case chaCha20Poly1305
    }

    /// The length of a key in bytes.
    package static let keyCount = 32
    /// The length of a tag in bytes.
    package static let tagCount = 16

    private let algorithm: Algorithm
    private let key: SecretBytes

    /// Takes a key of 32 bytes.
    package init(_ algorithm: Algorithm, key: SecretBytes) throws(CryptoError) {
        guard key.count == Self.keyCount else { throw CryptoError(.malformedKey) }
        self.algorithm = algorithm
        self.key = key
    }

    /// Encrypts `plaintext`; the tag comes apart, because formats put it in different places.
    package func seal(
        _ plaintext: UnsafeRawBufferPointer,
        nonce: [UInt8],
        associatedData: [UInt8] = []
    ) throws(CryptoError) -> (ciphertext: [UInt8], tag: [UInt8]) {
        defer { ERR_clear_error() }
        let context = try CipherContext.started(algorithm, key: key, nonce: nonce, encrypts: true)
        try context.authenticate(associatedData)
        var ciphertext = [UInt8](repeating: 0, count: plaintext.count)
        let isUpdated = ciphertext.withUnsafeMutableBytes { context.update(plaintext, into: $0) }
        guard isUpdated, context.finish() else { throw CryptoError(.operationFailed) }
        return (ciphertext, try context.tag())
    }

    /// Decrypts onto the end of `output`, which keeps its contents where the tag does not fit.
    package func open(
        _ ciphertext: UnsafeRawBufferPointer,
        tag: [UInt8],
        nonce: [UInt8],
        associatedData: [UInt8] = [],
        into output: inout SecretBuffer
    ) throws(CryptoError) {
        defer { ERR_clear_error() }
        guard tag.count == Self.tagCount else { throw CryptoError(.notAuthentic) }
        let context = try CipherContext.started(algorithm, key: key, nonce: nonce, encrypts: false)
        try context.authenticate(associatedData)
        try context.expect(tag)
        do throws(SecretMemoryError) {
            let written = try output.appendUninitialized(capacity: ciphertext.count) { room in
                if context.update(ciphertext, into: room) && context.finish() { return ciphertext.count }
                // It was written to before the tag was known to be wrong.
                SecretBuffer.wipe(room)
                return -1
            }
            guard written < 0 else { return }
        } catch {
            throw CryptoError(.noSecretMemory)
        }
        throw CryptoError(.notAuthentic)
    }

    /// Decrypts what stands alone.
    package func open(
        _ ciphertext: UnsafeRawBufferPointer,
        tag: [UInt8],
        nonce: [UInt8],
        associatedData: [UInt8] = []
    ) throws(CryptoError) -> SecretBytes {
        do {
            var output = try SecretBuffer(capacity: ciphertext.count)
            try open(ciphertext, tag: tag, nonce: nonce, associatedData: associatedData, into: &output)
            return output.finish()
        } catch let error as CryptoError {
            throw error
        } catch {
            throw CryptoError(.noSecretMemory)
        }
    }
}
