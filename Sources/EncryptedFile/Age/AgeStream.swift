import OpenSSLCrypto
import Secrets

/// The payload of an age file: STREAM with ChaCha20-Poly1305 in chunks of 64 KiB (C2SP age.md, "Payload").
struct AgeStream {
    private static let chunk = 64 * 1024
    private static let nonceCount = 16
    private let key: SecretBytes

    /// The stream of a file key and the nonce in front of the payload.
    private init(fileKey: SecretBytes, nonce: [UInt8]) throws(CryptoError) {
        key = try KeyDerivation.hkdf(.sha256, secret: fileKey, salt: nonce, info: Array("payload".utf8))
    }

    /// Encrypts a payload with a new nonce, which is put in front.
    static func seal(_ plaintext: SecretBytes, fileKey: SecretBytes) throws(CryptoError) -> [UInt8] {
        let nonce = try SecureRandom.bytes(nonceCount)
        let cipher = try AuthenticatedCipher(.chaCha20Poly1305, key: AgeStream(fileKey: fileKey, nonce: nonce).key)
        return try plaintext.withExposedBytes { (text) throws(CryptoError) -> [UInt8] in
            var output = nonce
            var index: UInt64 = 0
            var start = 0
            repeat {
                let end = min(start + chunk, text.count)
                let part = UnsafeRawBufferPointer(rebasing: text[start..<end])
                let sealed = try cipher.seal(part, nonce: Self.nonce(index, isLast: end == text.count))
                output += sealed.ciphertext + sealed.tag
                start = end
                index += 1
            } while start < text.count
            return output
        }
    }

    /// Decrypts a whole payload; nothing of it is released unless all of it is authentic.
    static func open(_ payload: ArraySlice<UInt8>, fileKey: SecretBytes) throws(AgeError) -> SecretBytes {
        guard payload.count >= nonceCount else { throw .header }
        guard payload.count >= nonceCount + AuthenticatedCipher.tagCount else { throw .payload }
        do {
            let stream = try AgeStream(fileKey: fileKey, nonce: Array(payload.prefix(nonceCount)))
            return try stream.open(payload.dropFirst(nonceCount))
        } catch let error as AgeError {
            throw error
        } catch {
            throw .unavailable
        }
    }

    private func open(_ chunks: ArraySlice<UInt8>) throws -> SecretBytes {
        let cipher = try AuthenticatedCipher(.chaCha20Poly1305, key: key)
        var output = try SecretBuffer(capacity: chunks.count)
        let size = Self.chunk + AuthenticatedCipher.tagCount
        var rest = chunks
        var index: UInt64 = 0
        while !rest.isEmpty {
            let part = rest.prefix(size)
            rest = rest.dropFirst(size)
            // An empty chunk ends only an empty payload.
            let content = part.dropLast(AuthenticatedCipher.tagCount)
            guard part.count >= AuthenticatedCipher.tagCount, !content.isEmpty || index == 0,
                let plaintext = Self.open(part, cipher, nonce: Self.nonce(index, isLast: rest.isEmpty))
            else { throw AgeError.payload }
            try plaintext.withExposedBytes { try output.append($0) }
            index += 1
        }
        return output.finish()
    }

    private static func open(_ part: ArraySlice<UInt8>, _ cipher: AuthenticatedCipher, nonce: [UInt8]) -> SecretBytes? {
        let tag = Array(part.suffix(AuthenticatedCipher.tagCount))
        return part.dropLast(AuthenticatedCipher.tagCount).withUnsafeBytes { bytes in
            try? cipher.open(bytes, tag: tag, nonce: nonce)
        }
    }

    /// A counter of 11 bytes, and whether the chunk is the last.
    private static func nonce(_ index: UInt64, isLast: Bool) -> [UInt8] {
        let counter = (0..<8).map { UInt8(truncatingIfNeeded: index >> UInt64(56 - 8 * $0)) }
        return [0, 0, 0] + counter + [isLast ? 1 : 0]
    }
}
