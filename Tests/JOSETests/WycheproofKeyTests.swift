import Foundation
import InjectTesting
import JOSE
import OpenSSLCrypto
import Testing

/// The JWK forms of the keys in Wycheproof's signature files, read by our own reader, and their signatures.
@Suite("Wycheproof keys in JWK form", .needsVectors)
struct WycheproofKeyTests {
    static let algorithms: [String: JWSAlgorithm] = [
        "RSA SHA-256": .rs256, "RSA SHA-384": .rs384, "RSA SHA-512": .rs512, "P-256 SHA-256": .es256,
        "P-384 SHA-384": .es384, "P-521 SHA-512": .es512, "Ed25519 ": .eddsa,
    ]

    /// What the files of one schema showed.
    struct Tally {
        var keys = 0
        var signatures = 0
        var refused: [String: Int] = [:]
    }

    /// Thirty groups of the ECDSA files have no JWK form; the tests of raw signatures run those.
    @Test(
        "a key is read exactly if the rules allow it, and then verifies exactly the valid signatures",
        arguments: [
            ("ecdsa_p1363_verify_schema", 296, 830), ("rsassa_pkcs1_verify_schema", 3, 773),
            ("eddsa_verify_schema", 78, 151),
        ]
    )
    func keys(schema: String, keyCount: Int, signatureCount: Int) throws {
        var tally = Tally()
        for file in try WycheproofFile.all(schema: schema) {
            for group in file.groups {
                let key = group.fields["publicKeyJwk"] ?? group.fields["keyJwk"]
                guard let key = key as? [String: Any] else {
                    tally.refused["\(file.name): no JWK form", default: 0] += group.vectors.count
                    continue
                }
                try Self.check(group, key, file.name, &tally)
            }
        }
        print("Wycheproof \(schema), JWK: \(tally)")
        #expect(tally.keys >= keyCount)
        #expect(tally.signatures >= signatureCount)
    }

    private static func check(
        _ group: WycheproofFile.Group,
        _ key: [String: Any],
        _ file: String,
        _ tally: inout Tally
    ) throws {
        let kind = key["crv"] as? String ?? key["kty"] as? String ?? ""
        let algorithm = algorithms["\(kind) \(group.fields["sha"] as? String ?? "")"]
        let document = [UInt8](try JSONSerialization.data(withJSONObject: ["keys": [key]]))
        let usable = try Trial.keySet(document).keys.first
        let reason = algorithm.flatMap { WycheproofOracle.reason(againstKey: key, for: $0.rawValue) }
        guard let algorithm, reason == nil else {
            #expect(algorithm == nil || usable == nil, "\(file): \(reason ?? "")")
            tally.refused["\(file): \(reason ?? "no algorithm for \(kind)")", default: 0] += group.vectors.count
            return
        }
        guard let usable, usable.fits(algorithm) else {
            Issue.record("\(file): the key \(key) is refused")
            return
        }
        tally.keys += 1
        for vector in group.vectors {
            let isAccepted = vector.bytes("sig").withUnsafeBytes { signature in
                vector.bytes("msg").withUnsafeBytes {
                    usable.publicKey.verify(signature, over: $0, using: algorithm.signature)
                }
            }
            if vector.result != "acceptable" {
                #expect(isAccepted == (vector.result == "valid"), "\(file) \(vector.id)")
            }
            tally.signatures += 1
        }
    }
}
