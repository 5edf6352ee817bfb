import Foundation
import InjectTesting
import JOSE
import OpenSSLCrypto
import Testing

/// Wycheproof's raw signatures: for each key that JWA has an algorithm for, exactly the valid ones are good.
@Suite("Wycheproof, signatures")
struct WycheproofSignatureTests {
    /// What one run over the files of a schema saw.
    struct Tally {
        var good = 0
        var refused = 0
        var outside: [String: Int] = [:]
    }

    static let digests: [String: DigestAlgorithm] = ["SHA-256": .sha256, "SHA-384": .sha384, "SHA-512": .sha512]

    /// The key as our own reader of key sets takes it, or nil where it is refused.
    static func key(_ jwk: [String: Any]) throws -> PublicKey? {
        let text = [UInt8](try JSONSerialization.data(withJSONObject: ["keys": [jwk]]))
        return try text.withUnsafeBytes { try JWKSet(parsing: $0) }.keys.first?.publicKey
    }

    static func encoded(_ hexadecimal: Any?, count: Int? = nil) -> String {
        let digits = Hexadecimal.bytes(hexadecimal as? String ?? "").drop { $0 == 0 }
        let padding = [UInt8](repeating: 0, count: max((count ?? 0) - digits.count, 0))
        return String(decoding: Base64URL.encode(padding + digits), as: UTF8.self)
    }

    /// Runs every file of a schema; a group without an algorithm of JWA, or whose key the rules refuse, is outside: none
    /// of its signatures can be verified at all, and they are counted apart.
    static func run(
        schema: String,
        _ setup: (WycheproofFile.Group) throws -> (PublicKey, JWSAlgorithm)?
    ) throws -> Tally {
        var tally = Tally()
        for file in try WycheproofFile.all(schema: schema) {
            for group in file.groups {
                guard let (key, algorithm) = try setup(group), algorithm.fits(key.components) else {
                    tally.outside[file.name, default: 0] += group.vectors.count
                    continue
                }
                for vector in group.vectors where vector.result != "acceptable" {
                    let isGood = vector.bytes("msg").withUnsafeBytes {
                        key.verify(vector.bytes("sig"), over: $0, using: algorithm.signature)
                    }
                    #expect(isGood == (vector.result == "valid"), "\(file.name) \(vector.id)")
                    if isGood { tally.good += 1 } else { tally.refused += 1 }
                }
            }
        }
        print("Wycheproof \(schema): \(tally.good) good, \(tally.refused) refused, outside JWA: \(tally.outside)")
        return tally
    }

    @Test("ECDSA signatures of fixed length")
    func ecdsa() throws {
        let curves: [String: (EllipticCurve, String, JWSAlgorithm)] = [
            "secp256r1": (.p256, "P-256", .es256), "secp384r1": (.p384, "P-384", .es384),
            "secp521r1": (.p521, "P-521", .es512),
        ]
        let tally = try Self.run(schema: "ecdsa_p1363_verify_schema") { group in
            let parts = group.fields["publicKey"] as? [String: Any] ?? [:]
            guard let (curve, name, algorithm) = curves[parts["curve"] as? String ?? ""],
                let digest = Self.digests[group.fields["sha"] as? String ?? ""],
                algorithm.signature == .ecdsa(digest)
            else { return nil }
            let key = try Self.key([
                "kty": "EC", "crv": name, "x": Self.encoded(parts["wx"], count: curve.coordinateSize),
                "y": Self.encoded(parts["wy"], count: curve.coordinateSize),
            ])
            return key.map { ($0, algorithm) }
        }
        #expect(tally.good >= 597 && tally.refused >= 263)
    }

    @Test("RSA PKCS#1 v1.5 signatures")
    func rsa() throws {
        let algorithms: [DigestAlgorithm: JWSAlgorithm] = [.sha256: .rs256, .sha384: .rs384, .sha512: .rs512]
        let tally = try Self.run(schema: "rsassa_pkcs1_verify_schema") { group in
            let parts = group.fields["publicKey"] as? [String: Any] ?? [:]
            guard let digest = Self.digests[group.fields["sha"] as? String ?? ""], let algorithm = algorithms[digest]
            else { return nil }
            let numbers = ["n": Self.encoded(parts["modulus"]), "e": Self.encoded(parts["publicExponent"])]
            return try Self.key(numbers.merging(["kty": "RSA"]) { old, _ in old }).map { ($0, algorithm) }
        }
        #expect(tally.good >= 21 && tally.refused >= 749)
    }

    @Test("Ed25519 signatures")
    func ed25519() throws {
        let tally = try Self.run(schema: "eddsa_verify_schema") { group in
            let parts = group.fields["publicKey"] as? [String: Any] ?? [:]
            guard parts["curve"] as? String == "edwards25519" else { return nil }
            return try Self.key(["kty": "OKP", "crv": "Ed25519", "x": Self.encoded(parts["pk"], count: 32)])
                .map { ($0, .edDSA) }
        }
        #expect(tally.good >= 88 && tally.refused >= 63)
    }
}
