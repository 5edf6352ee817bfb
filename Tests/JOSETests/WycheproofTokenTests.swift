import Foundation
import InjectTesting
import JOSE
import Testing

/// Wycheproof's tokens, through our own reader of tokens and key sets.
@Suite("Wycheproof, tokens")
struct WycheproofTokenTests {
    /// Valid by Wycheproof, refused by us: the key declares PS256 (346, 350) or the unknown ES521 (347, 351), and the
    /// header says another algorithm.
    ///
    /// Wycheproof contradicts itself: its own WrongPrimitive tokens demand that the declared algorithm binds.
    static let contradictory: Set<Int> = [346, 347, 350, 351]

    static func accepts(_ token: String, _ keySet: [UInt8]) -> Bool {
        let verifier = JWSVerifier(algorithms: Set(JWSAlgorithm.allCases), types: ["JWT", "JOSE"])
        do {
            let keys = try keySet.withUnsafeBytes { try JWKSet(parsing: $0) }
            let parsed = try Array(token.utf8).withUnsafeBytes { try CompactJWS(parsing: $0) }
            _ = try verifier.payload(of: parsed, verifiedWith: keys)
            return true
        } catch {
            return false
        }
    }

    static func keys(of group: WycheproofFile.Group) -> [[String: Any]] {
        let key = group.fields["public"] as? [String: Any] ?? group.fields["private"] as? [String: Any] ?? [:]
        return key["keys"] as? [[String: Any]] ?? [key]
    }

    static func keySet(of group: WycheproofFile.Group) throws -> [UInt8] {
        [UInt8](try JSONSerialization.data(withJSONObject: ["keys": keys(of: group)]))
    }

    static func isSymmetric(_ group: WycheproofFile.Group) -> Bool {
        keys(of: group).allSatisfy { $0["kty"] as? String == "oct" }
    }

    @Test("every invalid token is refused, every valid asymmetric one accepted, but for the four contradictory ones")
    func tokens() throws {
        let files = try WycheproofFile.all(schema: "json_web_signature_schema")
        #expect(!files.isEmpty)
        var refusedInvalid = 0
        var refusedValid: Set<Int> = []
        for file in files {
            for group in file.groups {
                let keySet = try Self.keySet(of: group)
                for vector in group.vectors {
                    let accepted = Self.accepts(vector.fields["jws"] as? String ?? "", keySet)
                    if Self.isSymmetric(group) {
                        #expect(!accepted, "\(file.name) \(vector.id): there is no HMAC path")
                    } else if vector.result == "invalid" {
                        #expect(!accepted, "\(file.name) \(vector.id) is invalid")
                        refusedInvalid += accepted ? 0 : 1
                    } else if !accepted {
                        refusedValid.insert(vector.id)
                    }
                }
            }
        }
        #expect(refusedValid == Self.contradictory)
        #expect(refusedInvalid >= 325)
        print(
            "Wycheproof JWS: \(refusedInvalid) invalid asymmetric tokens refused; "
                + "refused although called valid: \(refusedValid.sorted())")
    }

    @Test("every token under an invalid asymmetric key is refused, ROCA included")
    func keys() throws {
        let files = try WycheproofFile.all(schema: "json_web_key_schema")
        #expect(!files.isEmpty)
        var refused = 0
        for file in files {
            for group in file.groups {
                let keySet = try Self.keySet(of: group)
                for vector in group.vectors {
                    let accepted = Self.accepts(vector.fields["jws"] as? String ?? "", keySet)
                    let isValid = vector.result == "valid" && !Self.isSymmetric(group)
                    #expect(accepted == isValid, "\(file.name) \(vector.id)")
                    refused += accepted ? 0 : 1
                }
            }
        }
        #expect(refused >= 10)
    }

    @Test("the mixed file: only valid asymmetric tokens pass, nothing encrypted does")
    func mixed() throws {
        for file in try WycheproofFile.all(schema: "json_web_crypto_schema") {
            for group in file.groups {
                let keySet = try Self.keySet(of: group)
                for vector in group.vectors {
                    let token = vector.fields["jws"] as? String ?? vector.fields["jwe"] as? String ?? ""
                    let isValid = vector.result == "valid" && vector.fields["jws"] != nil && !Self.isSymmetric(group)
                    #expect(Self.accepts(token, keySet) == isValid, "\(file.name) \(vector.id)")
                }
            }
        }
    }
}
