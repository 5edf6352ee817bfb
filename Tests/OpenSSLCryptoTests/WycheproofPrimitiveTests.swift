import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

/// Wycheproof's files for ciphers, key exchange and key derivation, whichever of them the folder has.
@Suite("Wycheproof ciphers and key derivation", .needsVectors)
struct WycheproofPrimitiveTests {
    static let ciphers: [String: AuthenticatedCipher.Algorithm] = [
        "AES-GCM": .aes256GCM, "CHACHA20-POLY1305": .chaCha20Poly1305,
    ]

    @Test("AEAD: every vector with a 256-bit key and a nonce we take has its result, the others are refused")
    func aead() throws {
        var valid = 0
        var invalid = 0
        var inexpressible = 0
        for file in try WycheproofFile.all(schema: "aead_test_schema") {
            guard let algorithm = Self.ciphers[file.algorithm] else { continue }
            for vector in file.groups.flatMap(\.vectors) {
                let opened = Self.open(vector, algorithm)
                let isOurs = vector.bytes("key").count == 32 && (1...128).contains(vector.bytes("iv").count)
                guard isOurs || vector.result != "valid" else {
                    #expect(opened == nil, "\(file.name) \(vector.id)")
                    inexpressible += 1
                    continue
                }
                #expect(opened == (vector.result == "valid" ? vector.bytes("msg") : nil), "\(file.name) \(vector.id)")
                if vector.result == "valid" {
                    #expect(try Self.sealed(vector, algorithm) == vector.bytes("ct") + vector.bytes("tag"))
                    valid += 1
                } else {
                    invalid += 1
                }
            }
        }
        print("Wycheproof AEAD: \(valid) valid, \(invalid) invalid, \(inexpressible) inexpressible")
        #expect(valid >= 72)
        #expect(invalid >= 87)
    }

    @Test("HKDF: every vector has its result")
    func hkdf() throws {
        let digests: [String: DigestAlgorithm] = [
            "HKDF-SHA-256": .sha256, "HKDF-SHA-384": .sha384, "HKDF-SHA-512": .sha512,
        ]
        var count = 0
        for file in try WycheproofFile.all(schema: "hkdf_test_schema") {
            guard let digest = digests[file.algorithm] else { continue }
            for vector in file.groups.flatMap(\.vectors) {
                let key = try? KeyDerivation.hkdf(
                    digest, secret: secret(vector.bytes("ikm")), salt: vector.bytes("salt"),
                    info: vector.bytes("info"), count: vector.fields["size"] as? Int ?? 0)
                let isRight = key?.withExposedBytes { $0.elementsEqual(vector.bytes("okm")) }
                #expect(isRight == (vector.result == "valid" ? true : nil), "\(file.name) \(vector.id)")
                count += 1
            }
        }
        print("Wycheproof HKDF: \(count)")
        #expect(count >= 83)
    }

    /// No baseline: the files may be absent.
    ///
    /// "Acceptable" are points that RFC 7748 lets a program refuse.
    @Test("X25519: whatever files there are")
    func x25519() throws {
        for file in try WycheproofFile.all(schema: "xdh_comp_schema") where file.algorithm == "XDH" {
            for group in file.groups where group.fields["curve"] as? String == "curve25519" {
                for vector in group.vectors {
                    let key = try X25519PrivateKey(secret(vector.bytes("private")))
                    let shared = try? key.sharedSecret(with: vector.bytes("public"))
                    let isRight = shared?.withExposedBytes { $0.elementsEqual(vector.bytes("shared")) }
                    if vector.result == "valid" { #expect(isRight == true, "\(file.name) \(vector.id)") }
                    #expect(isRight != false, "\(file.name) \(vector.id)")
                }
            }
        }
    }

    private static func open(
        _ vector: WycheproofFile.Vector,
        _ algorithm: AuthenticatedCipher.Algorithm
    ) -> [UInt8]? {
        guard let key = try? secret(vector.bytes("key")), let cipher = try? AuthenticatedCipher(algorithm, key: key)
        else { return nil }
        let opened = vector.bytes("ct").withUnsafeBytes { ciphertext in
            try? cipher.open(
                ciphertext, tag: vector.bytes("tag"), nonce: vector.bytes("iv"), associatedData: vector.bytes("aad"))
        }
        return opened?.withExposedBytes { Array($0) }
    }

    private static func sealed(
        _ vector: WycheproofFile.Vector,
        _ algorithm: AuthenticatedCipher.Algorithm
    ) throws -> [UInt8] {
        let cipher = try AuthenticatedCipher(algorithm, key: secret(vector.bytes("key")))
        let sealed = try vector.bytes("msg").withUnsafeBytes {
            try cipher.seal($0, nonce: vector.bytes("iv"), associatedData: vector.bytes("aad"))
        }
        return sealed.ciphertext + sealed.tag
    }
}
