import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

@Suite("Signatures")
struct SignatureTests {
    /// A kind of key and the algorithms that fit it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let key: PrivateKey
        let algorithms: [SignatureAlgorithm]
    }

    static func cases() throws -> [Case] {
        let pkcs1 = DigestAlgorithm.allCases.map { SignatureAlgorithm.rsaPKCS1($0) }
        let pss = DigestAlgorithm.allCases.map { SignatureAlgorithm.rsaPSS($0) }
        return [
            Case(testDescription: "RSA", key: try .generateRSA(), algorithms: pkcs1 + pss),
            Case(testDescription: "P-256", key: try .generateP256(), algorithms: [.ecdsa(.sha256)]),
            Case(testDescription: "Ed25519", key: try .generateEd25519(), algorithms: [.ed25519]),
        ]
    }

    static let message = Array("header.payload".utf8)

    static let everyAlgorithm: [SignatureAlgorithm] =
        DigestAlgorithm.allCases.flatMap { [.rsaPKCS1($0), .rsaPSS($0), .ecdsa($0)] } + [.ed25519]

    @Test("what is signed verifies, under its own algorithm alone")
    func roundTrip() throws {
        for subject in try Self.cases() {
            for algorithm in subject.algorithms {
                let signature = try subject.key.sign(Self.message, using: algorithm)
                for other in Self.everyAlgorithm {
                    let verifies = subject.key.publicKey.verify(signature, over: Self.message, using: other)
                    #expect(verifies == (other == algorithm), "\(subject.testDescription) \(algorithm) \(other)")
                }
            }
        }
    }

    @Test("any changed bit, byte more or byte less spoils a signature")
    func everyBit() throws {
        for subject in try Self.cases() {
            let key = subject.key.publicKey
            let algorithm = subject.algorithms[0]
            let signature = try subject.key.sign(Self.message, using: algorithm)
            for index in signature.indices {
                for bit in 0..<8 {
                    var changed = signature
                    changed[index] ^= 1 << UInt8(bit)
                    #expect(!key.verify(changed, over: Self.message, using: algorithm), "byte \(index), bit \(bit)")
                }
            }
            #expect(!key.verify(signature + [0], over: Self.message, using: algorithm))
            #expect(!key.verify([0] + signature, over: Self.message, using: algorithm))
            #expect(!key.verify(signature.dropLast(), over: Self.message, using: algorithm))
            #expect(!key.verify([], over: Self.message, using: algorithm))
        }
    }

    @Test("a message without bytes can be signed and verified")
    func emptyMessage() throws {
        for subject in try Self.cases() {
            for algorithm in subject.algorithms {
                let signature = try subject.key.sign([], using: algorithm)
                #expect(subject.key.publicKey.verify(signature, over: [], using: algorithm))
                #expect(!subject.key.publicKey.verify(signature, over: [0], using: algorithm))
            }
        }
    }

    @Test("an algorithm that does not fit the key signs nothing")
    func unfitting() throws {
        for subject in try Self.cases() {
            for algorithm in Self.everyAlgorithm where !subject.algorithms.contains(algorithm) {
                #expect(throws: CryptoError.self) { try subject.key.sign(Self.message, using: algorithm) }
            }
        }
    }

    @Test("an ES256 signature has 64 bytes however short its numbers are")
    func fixedLength() throws {
        let key = try PrivateKey.generateP256()
        var sawLeadingZero = false
        for number in 0..<UInt16(2000) {
            let message = [UInt8(number >> 8), UInt8(number & 0xFF)]
            let signature = try key.sign(message, using: .ecdsa(.sha256))
            #expect(signature.count == 64)
            #expect(key.publicKey.verify(signature, over: message, using: .ecdsa(.sha256)))
            sawLeadingZero = sawLeadingZero || signature[0] == 0 || signature[32] == 0
        }
        // 4000 numbers without a leading zero byte: a chance of one in six million.
        #expect(sawLeadingZero)
    }

    @Test("the order and zero are no halves of a signature")
    func boundaries() throws {
        let key = try PrivateKey.generateP256().publicKey
        let order = Hexadecimal.bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
        let below = Array(order.dropLast()) + [0x50]
        let numbers = [[UInt8](repeating: 0, count: 32), [UInt8](repeating: 0xFF, count: 32), order, below]
        for r in numbers {
            for s in numbers { #expect(!key.verify(r + s, over: Self.message, using: .ecdsa(.sha256))) }
        }
    }

    @Test("a half with a leading zero byte too many is no half, though the number is the same")
    func paddedHalves() throws {
        let key = try PrivateKey.generateP256()
        let signature = try key.sign(Self.message, using: .ecdsa(.sha256))
        let (r, s) = (Array(signature[..<32]), Array(signature[32...]))
        #expect(key.publicKey.verify(r + s, over: Self.message, using: .ecdsa(.sha256)))
        for padded in [r + [0] + s, [0] + r + s, [0] + r + [0] + s] {
            #expect(!key.publicKey.verify(padded, over: Self.message, using: .ecdsa(.sha256)))
        }
    }

    /// RFC 6979, appendix A.2.5, message "sample": the key's good signatures with three digests.
    @Test("on P-256 only SHA-256 counts, even where a signature with another digest is good")
    func foreignDigest() throws {
        let x = Hexadecimal.bytes("60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6")
        let y = Hexadecimal.bytes("7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299")
        let key = try PublicKey(curve: .p256, x: x, y: y)
        let signatures: [(DigestAlgorithm, String)] = [
            (
                .sha256,
                "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
                    + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8"
            ),
            (
                .sha384,
                "0EAFEA039B20E9B42309FB1D89E213057CBF973DC0CFC8F129EDDDC800EF7719"
                    + "4861F0491E6998B9455193E34E7B0D284DDD7149A74B95B9261F13ABDE940954"
            ),
            (
                .sha512,
                "8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00"
                    + "2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE"
            ),
        ]
        for (digest, signature) in signatures {
            let verifies = key.verify(Hexadecimal.bytes(signature), over: Array("sample".utf8), using: .ecdsa(digest))
            #expect(verifies == (digest == .sha256))
        }
    }
}
