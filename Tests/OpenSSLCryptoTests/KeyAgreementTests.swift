import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

@Suite("Key agreement and derivation")
struct KeyAgreementTests {
    /// RFC 7748, section 6.1.
    @Test("X25519 agrees with the RFC")
    func x25519() throws {
        let alice = try X25519PrivateKey(
            secret(Hexadecimal.bytes("77076d0a7318a57d3c16c17251b26645df4c6fe5d4ba8a7e8ef1b4a1bd0c0cd2")))
        let bob = try X25519PrivateKey(
            secret(Hexadecimal.bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")))
        // The two public keys that the RFC prints beside the private ones belong to them.
        #expect(
            Hexadecimal.text(bob.publicKey) == "de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
        let first = try alice.sharedSecret(with: bob.publicKey)
        #expect(first.isEqual(to: try bob.sharedSecret(with: alice.publicKey)))
    }

    /// The points of order 1, 2, 4 and 8, and encodings of them above the prime.
    @Test(
        "a point of low order is no partner",
        arguments: [
            "0000000000000000000000000000000000000000000000000000000000000000",
            "0100000000000000000000000000000000000000000000000000000000000000",
            "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
            "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
            "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        ]
    )
    func lowOrder(point: String) throws {
        let key = try X25519PrivateKey.generate()
        #expect(throws: CryptoError.self) { try key.sharedSecret(with: Hexadecimal.bytes(point)) }
    }

    @Test("keys of other lengths are refused", arguments: [0, 31, 33])
    func lengths(count: Int) throws {
        let bytes = [UInt8](repeating: 9, count: count)
        #expect(throws: CryptoError.self) { try X25519PrivateKey(secret(bytes)) }
        #expect(throws: CryptoError.self) { try X25519PrivateKey.generate().sharedSecret(with: bytes) }
    }

    /// RFC 5869, appendix A, cases 1 and 3.
    @Test(
        "HKDF-SHA-256 agrees with the RFC",
        arguments: [
            (
                "000102030405060708090a0b0c", "f0f1f2f3f4f5f6f7f8f9",
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865"
            ), ("", "", "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"),
        ]
    )
    func hkdf(salt: String, info: String, key: String) throws {
        let derived = try KeyDerivation.hkdf(
            .sha256, secret: secret([UInt8](repeating: 0x0B, count: 22)), salt: Hexadecimal.bytes(salt),
            info: Hexadecimal.bytes(info), count: 42)
        #expect(derived.withExposedBytes { Hexadecimal.text($0) } == key)
    }

    /// RFC 7914's vectors have other parameters than r = 8 and p = 1; this one is of Python's hashlib.scrypt.
    @Test("scrypt agrees with an independent implementation")
    func scrypt() throws {
        let key = try KeyDerivation.scrypt(
            passphrase: .of("password"), salt: Array("age-encryption.org/v1/scryptNaCl".utf8), workFactor: 10)
        #expect(
            key.withExposedBytes { Hexadecimal.text($0) }
                == "7294e851b731dd37e8b41dbb87e83c89a18058773933df2fc7974a235e612877"
        )
    }

    @Test("a work factor without bounds is refused before any memory is taken", arguments: [-1, 0, 31, 63, 64])
    func workFactor(factor: Int) throws {
        #expect(throws: CryptoError.self) {
            try KeyDerivation.scrypt(passphrase: .of("x"), salt: [1], workFactor: factor)
        }
    }
}
