import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

@Suite("Keys and signatures")
struct KeyTests {
    static let message = Array("the message".utf8)
    static let cases: [(PrivateKey.Kind, SignatureAlgorithm)] = [
        (.rsa(bits: 2048), .rsaPKCS1(.sha256)), (.rsa(bits: 2048), .rsaPKCS1(.sha512)),
        (.rsa(bits: 2048), .rsaPSS(.sha256)), (.rsa(bits: 2048), .rsaPSS(.sha384)),
        (.elliptic(.p256), .ecdsa(.sha256)), (.elliptic(.p384), .ecdsa(.sha384)),
        (.elliptic(.p521), .ecdsa(.sha512)), (.ed25519, .ed25519),
    ]

    @Test("what is signed verifies, and nothing else does", arguments: cases)
    func roundTrip(kind: PrivateKey.Kind, algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey(generating: kind)
        let signature = try Self.message.withUnsafeBytes { try key.sign($0, using: algorithm) }
        let verifies = { (message: [UInt8], signature: [UInt8]) in
            message.withUnsafeBytes { key.publicKey.verify(signature, over: $0, using: algorithm) }
        }
        #expect(verifies(Self.message, signature))
        #expect(!verifies(Self.message + [0], signature))
        #expect(!verifies(Self.message, signature + [0]))
        #expect(!verifies(Self.message, signature.dropLast()))
        #expect(!verifies(Self.message, []))
        let stranger = try PrivateKey(generating: kind).publicKey
        #expect(!Self.message.withUnsafeBytes { stranger.verify(signature, over: $0, using: algorithm) })
    }

    @Test("a signature of one algorithm is none of another", arguments: cases)
    func confusion(kind: PrivateKey.Kind, algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey(generating: kind)
        let signature = try Self.message.withUnsafeBytes { try key.sign($0, using: algorithm) }
        for (_, other) in Self.cases where other != algorithm {
            #expect(!Self.message.withUnsafeBytes { key.publicKey.verify(signature, over: $0, using: other) })
        }
    }

    @Test("a key survives its PKCS#8 form", arguments: [PrivateKey.Kind.elliptic(.p256), .elliptic(.p521), .ed25519])
    func storage(kind: PrivateKey.Kind) throws {
        let key = try PrivateKey(generating: kind)
        let restored = try PrivateKey(pkcs8: key.pkcs8())
        #expect(restored.publicKey.components == key.publicKey.components)
    }

    @Test(
        "garbage is no PKCS#8",
        arguments: [[], [0x30], [0x30, 0x03, 0x02, 0x01, 0x00], [UInt8](repeating: 7, count: 200)])
    func noKey(bytes: [UInt8]) throws {
        let secret = try bytes.withUnsafeBytes { try SecretBytes(copying: $0) }
        #expect(throws: CryptoError(code: .invalidKey)) { try PrivateKey(pkcs8: secret) }
    }

    @Test("numbers that are no key are refused")
    func noPublicKey() {
        let off = [UInt8](repeating: 1, count: 32)
        #expect(throws: CryptoError.self) { try PublicKey(.elliptic(.p256, x: off, y: off)) }
        #expect(throws: CryptoError.self) { try PublicKey(.elliptic(.p256, x: [], y: [])) }
        #expect(throws: CryptoError.self) { try PublicKey(.ed25519([1, 2, 3])) }
    }

    /// FIPS 180-4 examples of "abc".
    @Test(
        "digests are the published ones",
        arguments: [
            (DigestAlgorithm.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                .sha384,
                "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"
            ),
        ]
    )
    func digests(algorithm: DigestAlgorithm, digest: String) throws {
        #expect(Hexadecimal.text(try algorithm.digest(of: Array("abc".utf8))) == digest)
    }

    @Test("random bytes are as many as asked for and never twice the same")
    func random() throws {
        #expect(try SecureRandom.bytes(32).count == 32)
        #expect(try SecureRandom.bytes(32) != SecureRandom.bytes(32))
    }
}
