import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

@Suite("Ciphers")
struct CipherTests {
    /// RFC 8439, section 2.8.2.
    @Test("ChaCha20-Poly1305 seals the RFC's message as the RFC does")
    func chaCha20Poly1305() throws {
        let text = "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
        let message = Array((text + "sunscreen would be it.").utf8)
        let nonce = Hexadecimal.bytes("070000004041424344454647")
        let data = Hexadecimal.bytes("50515253c0c1c2c3c4c5c6c7")
        let cipher = try AuthenticatedCipher(.chaCha20Poly1305, key: secret(Array(0x80...0x9F)))
        let sealed = try message.withUnsafeBytes { try cipher.seal($0, nonce: nonce, associatedData: data) }
        #expect(
            Hexadecimal.text(sealed.ciphertext)
                == "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
                + "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
                + "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
                + "3ff4def08e4b7a9de576d26586cec64b6116"
        )
        #expect(Hexadecimal.text(sealed.tag) == "1ae10b594f09e26a7e902ecbd0600691")
    }

    @Test("what was sealed opens, and not after any bit was changed", arguments: [0, 1, 15, 16, 17, 100])
    func roundTrip(count: Int) throws {
        for algorithm in [AuthenticatedCipher.Algorithm.aes256GCM, .chaCha20Poly1305] {
            let cipher = try AuthenticatedCipher(algorithm, key: SecureRandom.secret(32))
            let message = try SecureRandom.bytes(count)
            let nonce = try SecureRandom.bytes(algorithm == .aes256GCM ? 32 : 12)
            let sealed = try message.withUnsafeBytes { try cipher.seal($0, nonce: nonce, associatedData: [1, 2]) }
            #expect(opened(cipher, sealed.ciphertext, sealed.tag, nonce, [1, 2]) == message)
            #expect(opened(cipher, sealed.ciphertext, sealed.tag, nonce, [1, 3]) == nil)
            #expect(opened(cipher, sealed.ciphertext, Array(sealed.tag.dropLast()), nonce, [1, 2]) == nil)
            #expect(opened(cipher, sealed.ciphertext + [0], sealed.tag, nonce, [1, 2]) == nil)
            for bit in 0..<count * 8 {
                #expect(opened(cipher, flipped(sealed.ciphertext, bit), sealed.tag, nonce, [1, 2]) == nil)
            }
            for bit in 0..<128 {
                #expect(opened(cipher, sealed.ciphertext, flipped(sealed.tag, bit), nonce, [1, 2]) == nil)
            }
        }
    }

    @Test("a buffer keeps its contents and gets none of a forged message")
    func forged() throws {
        let cipher = try AuthenticatedCipher(.aes256GCM, key: SecureRandom.secret(32))
        let message = [UInt8](repeating: 0x78, count: 64)
        let sealed = try message.withUnsafeBytes { try cipher.seal($0, nonce: [1]) }
        var buffer = try SecretBuffer()
        try buffer.append("kept")
        #expect(throws: CryptoError.self) {
            try sealed.ciphertext.withUnsafeBytes {
                try cipher.open($0, tag: [UInt8](repeating: 0, count: 16), nonce: [1], into: &buffer)
            }
        }
        #expect(buffer.count == 4)
        let behind = buffer.withExposedBytes { bytes in
            (4..<68).allSatisfy { bytes.baseAddress?.load(fromByteOffset: $0, as: UInt8.self) == 0 }
        }
        #expect(behind)
    }

    @Test("keys and nonces of other lengths are refused", arguments: [0, 16, 24, 31, 33])
    func keyLength(count: Int) throws {
        #expect(throws: CryptoError.self) {
            try AuthenticatedCipher(.aes256GCM, key: secret([UInt8](repeating: 1, count: count)))
        }
        let cipher = try AuthenticatedCipher(.chaCha20Poly1305, key: SecureRandom.secret(32))
        #expect(throws: CryptoError.self) {
            try [].withUnsafeBytes { try cipher.seal($0, nonce: [UInt8](repeating: 0, count: count)) }
        }
    }

    @Test("a digest of parts is the digest of the whole", arguments: DigestAlgorithm.allCases)
    func parts(algorithm: DigestAlgorithm) throws {
        let message = try SecureRandom.bytes(1000)
        var digest = try IncrementalDigest.started(algorithm)
        for part in [message[..<0], message[..<1], message[1..<700], message[700...]] {
            try part.withUnsafeBytes { try digest.update($0) }
        }
        #expect(try digest.finish() == message.withUnsafeBytes { try algorithm.hash($0) })
    }

    private func opened(
        _ cipher: AuthenticatedCipher,
        _ ciphertext: [UInt8],
        _ tag: [UInt8],
        _ nonce: [UInt8],
        _ data: [UInt8]
    ) -> [UInt8]? {
        let opened = ciphertext.withUnsafeBytes {
            try? cipher.open($0, tag: tag, nonce: nonce, associatedData: data)
        }
        return opened?.withExposedBytes { Array($0) }
    }

    private func flipped(_ bytes: [UInt8], _ bit: Int) -> [UInt8] {
        var bytes = bytes
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        return bytes
    }
}
