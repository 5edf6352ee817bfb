internal import COpenSSL
internal import Secrets

/// The one owner of an `EVP_CIPHER_CTX`, for one message.
struct CipherContext: ~Copyable {
    private let pointer: OpaquePointer

    private init() throws(CryptoError) {
        guard let pointer = EVP_CIPHER_CTX_new() else { throw CryptoError(.operationFailed) }
        self.pointer = pointer
    }

    deinit {
        // Wipes the key's schedule as well.
        EVP_CIPHER_CTX_free(pointer)
    }

    /// A context with its key and nonce.
    static func started(
        _ algorithm: AuthenticatedCipher.Algorithm,
        key: SecretBytes,
        nonce: [UInt8],
        encrypts: Bool
    ) throws(CryptoError) -> CipherContext {
        guard nonceCounts(algorithm).contains(nonce.count) else { throw CryptoError(.malformedParameter) }
        let context = try CipherContext()
        let pointer = context.pointer
        let cipher = algorithm == .aes256GCM ? EVP_aes_256_gcm() : EVP_chacha20_poly1305()
        let direction: Int32 = encrypts ? 1 : 0
        // The length of the nonce must be known before the nonce.
        let isReady =
            EVP_CipherInit_ex(pointer, cipher, nil, nil, nil, direction) == 1
            && EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_IVLEN, Int32(nonce.count), nil) == 1
            && key.withExposedBytes { key in
                let bytes = key.baseAddress?.assumingMemoryBound(to: UInt8.self)
                return EVP_CipherInit_ex(pointer, nil, nil, bytes, nonce, direction) == 1
            }
        guard isReady else { throw CryptoError(.operationFailed) }
        return context
    }

    /// Takes the data that is authenticated and not encrypted.
    borrowing func authenticate(_ data: [UInt8]) throws(CryptoError) {
        guard !data.isEmpty else { return }
        var count: Int32 = 0
        guard let length = Int32(exactly: data.count), EVP_CipherUpdate(pointer, nil, &count, data, length) == 1 else {
            throw CryptoError(.operationFailed)
        }
    }

    /// Encrypts or decrypts all of the message into `output`, which is as long.
    borrowing func update(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) -> Bool {
        guard let source = input.baseAddress, !input.isEmpty else { return true }
        guard let length = Int32(exactly: input.count), output.count >= input.count else { return false }
        var count: Int32 = 0
        let room = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
        let bytes = source.assumingMemoryBound(to: UInt8.self)
        return EVP_CipherUpdate(pointer, room, &count, bytes, length) == 1 && count == length
    }

    /// Ends the message; false where the expected tag is not the message's.
    borrowing func finish() -> Bool {
        var count: Int32 = 0
        // Both ciphers are streams: nothing is written, but the call wants a place.
        var rest = [UInt8](repeating: 0, count: 16)
        return EVP_CipherFinal_ex(pointer, &rest, &count) == 1 && count == 0
    }

    /// Says which tag a message that is decrypted must have.
    borrowing func expect(_ tag: [UInt8]) throws(CryptoError) {
        var tag = tag
        guard EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_SET_TAG, Int32(tag.count), &tag) == 1 else {
            throw CryptoError(.operationFailed)
        }
    }

    /// The tag of a message that was encrypted.
    borrowing func tag() throws(CryptoError) -> [UInt8] {
        var tag = [UInt8](repeating: 0, count: AuthenticatedCipher.tagCount)
        guard EVP_CIPHER_CTX_ctrl(pointer, EVP_CTRL_AEAD_GET_TAG, Int32(tag.count), &tag) == 1 else {
            throw CryptoError(.operationFailed)
        }
        return tag
    }

    /// How long a nonce may be; OpenSSL takes at most 1024 bits for GCM.
    private static func nonceCounts(_ algorithm: AuthenticatedCipher.Algorithm) -> ClosedRange<Int> {
        switch algorithm {
        case .aes256GCM: 1...128
        case .chaCha20Poly1305: 12...12
        }
    }
}
