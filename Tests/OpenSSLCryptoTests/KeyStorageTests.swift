import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

@Suite("Stored keys")
struct KeyStorageTests {
    @Test("a stored P-256 key comes back as the same key")
    func roundTrip() throws {
        for _ in 0..<50 {
            let key = try PrivateKey.generateP256()
            let stored = try key.exportP256()
            #expect(stored.count == 32)
            let restored = try PrivateKey.importP256(stored)
            #expect(restored.publicKey.components == key.publicKey.components)
            #expect(try restored.exportP256().isEqual(to: stored))
            let signature = try restored.sign([1, 2, 3], using: .ecdsa(.sha256))
            #expect(key.publicKey.verify(signature, over: [1, 2, 3], using: .ecdsa(.sha256)))
        }
    }

    /// RFC 6979, appendix A.2.5.
    @Test("the public point of a published scalar is the published one")
    func publishedKey() throws {
        let scalar = Hexadecimal.bytes("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721")
        let key = try PrivateKey.importP256(try secret(scalar))
        let x = Hexadecimal.bytes("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6")
        let y = Hexadecimal.bytes("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299")
        #expect(key.publicKey.components == .ec(.p256, x: x, y: y))
    }

    @Test(
        "zero, the order, and other lengths are no scalar",
        arguments: [
            "", "01", "0000000000000000000000000000000000000000000000000000000000000000",
            "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551",
            "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
            "01c9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721",
        ]
    )
    func badScalars(digits: String) throws {
        let scalar = try secret(Hexadecimal.bytes(digits))
        #expect { try PrivateKey.importP256(scalar) } throws: { ($0 as? CryptoError)?.code == .malformedKey }
    }

    @Test("only P-256 keys are stored")
    func otherKeys() throws {
        let key = try PrivateKey.generateEd25519()
        #expect { try key.exportP256() } throws: { ($0 as? CryptoError)?.code == .unsupportedKey }
    }
}
