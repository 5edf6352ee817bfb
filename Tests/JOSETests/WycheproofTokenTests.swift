import Foundation
import InjectTesting
import JOSE
import OpenSSLCrypto
import Testing

/// Wycheproof's tokens: every file of the folder that has one of the schemas, whatever its name.
@Suite("Wycheproof tokens", .needsVectors)
struct WycheproofTokenTests {
    /// What the files of one schema showed.
    struct Tally {
        var accepted = 0
        var invalidRefused = 0
        var symmetricRefused = 0
        /// Called valid and refused by our rules: the reason, and where.
        var validRefused: [String: [String]] = [:]
    }

    @Test("325 of 325 invalid asymmetric tokens are refused, and of the valid ones only the contradictory four")
    func signatures() throws {
        let tally = try Self.run("json_web_signature_schema")
        let baseline = "json_web_signature_test.json"
        guard try WycheproofFile.all(schema: "json_web_signature_schema").contains(where: { $0.name == baseline })
        else {
            Issue.record("the baseline file \(baseline) is absent")
            return
        }
        #expect(tally.invalidRefused >= 325)
        #expect(tally.accepted >= 32)
        #expect(tally.symmetricRefused >= 40)
        // The keys of these RFC 7520 groups declare PS256 or the unknown ES521, the headers say PS384 and ES512. The
        // same file's WrongPrimitive tokens demand that the declared algorithm binds: we refuse both.
        let contradictory = tally.validRefused["key declares another algorithm", default: []]
        #expect(
            contradictory.filter { $0.hasPrefix(baseline) } == [346, 347, 350, 351].map { "\(baseline) \($0)" }
        )
    }

    @Test("tokens under unsound or wrong keys are refused, ROCA and mixed sets among them")
    func keys() throws {
        let tally = try Self.run("json_web_key_schema")
        #expect(tally.invalidRefused >= 11)
        #expect(tally.accepted >= 1)
        #expect(tally.symmetricRefused >= 14)
    }

    @Test("of the mixed file, nothing encrypted and nothing symmetric is accepted")
    func mixed() throws {
        let tally = try Self.run("json_web_crypto_schema")
        #expect(tally.accepted >= 2)
        #expect(tally.invalidRefused >= 28)
    }

    @Test("with the limits of ID tokens, the six valid tokens without a payload are refused as well")
    func emptyPayloads() throws {
        var refused: [Int] = []
        for file in try WycheproofFile.all(schema: "json_web_signature_schema")
        where file.name == "json_web_signature_test.json" {
            for group in file.groups {
                let oracle = try WycheproofOracle(group)
                for vector in group.vectors where vector.result == "valid" && !oracle.isSymmetric {
                    let token = Array((vector.fields["jws"] as? String ?? "").utf8)
                    if try Trial.refusal(token, keys: oracle.keySet) == .emptyPart { refused.append(vector.id) }
                }
            }
        }
        #expect(refused == [259, 264, 268, 272, 320, 325])
    }

    /// What each invalid asymmetric key of the baseline is refused for.
    static let reasons: [Int: JOSEError.Code] = [
        1: .privateMembers, 6: .keyRefused(.notForSignatures), 7: .keyRefused(.unsound(.factorableModulus)),
        8: .keyRefused(.unsound(.modulusTooShort)), 9: .keyRefused(.unsound(.weakExponent)),
        19: .keyRefused(.unsuitableAlgorithm), 20: .keyRefused(.unsuitableAlgorithm),
        21: .keyRefused(.notForSignatures), 22: .keyRefused(.unsound(.pointNotOnCurve)),
        23: .keyRefused(.unsuitableAlgorithm), 24: .keyRefused(.malformed(member: "n")),
    ]

    @Test("each invalid key is refused for what is wrong with it")
    func keyReasons() throws {
        var seen: Set<Int> = []
        for file in try WycheproofFile.all(schema: "json_web_key_schema") where file.name == "json_web_key_test.json" {
            for group in file.groups {
                let oracle = try WycheproofOracle(group)
                for vector in group.vectors {
                    guard let reason = Self.reasons[vector.id] else { continue }
                    let token = Array((vector.fields["jws"] as? String ?? "").utf8)
                    let limits = JWSLimits(allowsEmptyPayload: true)
                    #expect(try Trial.refusal(token, keys: oracle.keySet, limits: limits) == reason, "\(vector.id)")
                    seen.insert(vector.id)
                }
            }
        }
        #expect(seen == Set(Self.reasons.keys))
    }

    // MARK: - Running

    static func run(_ schema: String) throws -> Tally {
        var tally = Tally()
        for file in try WycheproofFile.all(schema: schema) {
            for group in file.groups {
                let oracle = try WycheproofOracle(group)
                for vector in group.vectors { try check(vector, oracle, file.name, &tally) }
            }
        }
        print("Wycheproof \(schema): \(tally)")
        return tally
    }

    /// Empty payloads are let through here, so that the rules for signatures and keys are what is measured.
    private static func check(
        _ vector: WycheproofFile.Vector,
        _ oracle: WycheproofOracle,
        _ file: String,
        _ tally: inout Tally
    ) throws {
        let token = vector.fields["jws"] as? String ?? vector.fields["jwe"] as? String ?? ""
        let limits = JWSLimits(bytes: max(16 * 1024, token.utf8.count), allowsEmptyPayload: true)
        let outcome = try Trial.outcome(Array(token.utf8), keys: oracle.keySet, limits: limits)
        let isAccepted = (try? outcome.get()) != nil
        let place = "\(file) \(vector.id)"
        switch (vector.result, oracle.isSymmetric ? "symmetric" : oracle.reason(against: token)) {
        case (_, "symmetric"):
            #expect(!isAccepted, "\(place): there is no symmetric path")
            tally.symmetricRefused += isAccepted ? 0 : 1
        case ("valid", nil):
            #expect(isAccepted, "\(place): \(outcome)")
            tally.accepted += isAccepted ? 1 : 0
        case ("valid", let reason?):
            #expect(!isAccepted, "\(place): \(reason)")
            tally.validRefused[reason, default: []].append(place)
        case ("invalid", _):
            #expect(!isAccepted, "\(place) is invalid")
            tally.invalidRefused += isAccepted ? 0 : 1
        default:
            break
        }
    }
}
