import InjectTesting
import JOSE
import OpenSSLCrypto
import Testing

@Suite("Key sets")
struct JWKSetTests {
    /// RFC 7515, appendix A.3.1.
    static let ec = """
        "kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        """
    /// RFC 8037, appendix A.2.
    static let okp = #""kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo""#

    static func rsa(bits: Int = 2048, exponent: String = "AQAB") -> String {
        let modulus = [UInt8(0x80)] + [UInt8](repeating: 0x5A, count: bits / 8 - 2) + [0x33]
        return #""kty":"RSA","n":"\#(Base64URL.encode(modulus))","e":"\#(exponent)""#
    }

    static func set(_ keys: String...) -> String {
        "{\"keys\":[" + keys.map { "{\($0)}" }.joined(separator: ",") + "]}"
    }

    @Test("sound keys are read in order, each with its kid and its algorithm")
    func soundKeys() throws {
        let text = Self.set(
            #""kid":"a","alg":"ES256","use":"sig","# + Self.ec, #""kid":"b","key_ops":["sign","verify"],"# + Self.okp,
            #""alg":"PS384","x5t":"AA","x5c":["AA"],"# + Self.rsa()
        )
        let set = try Trial.keySet(text)
        #expect(set.keys.map(\.keyID) == [Array("a".utf8), Array("b".utf8), nil])
        #expect(set.keys.map(\.algorithm) == [.es256, nil, .ps384])
        #expect(set.refused.isEmpty)
    }

    @Test(
        "a text that is no set is refused",
        arguments: [
            "", "{}", "[]", "null", #"{"keys":{}}"#, #"{"keys":null}"#, #"{"keys":[],"keys":[]}"#, #"{"keys":[],}"#,
            #"{"keys":[]}{}"#, #"{"keys":[{"kty":"EC","kty":"RSA"}]}"#, #"{"keys":[{"kid":"a","k\u0069d":"b"}]}"#,
            "\u{FEFF}{\"keys\":[]}", #"{"Keys":[]}"#,
        ]
    )
    func malformed(text: String) {
        #expect(Trial.keySetRefusal(text) == .malformedKeySet)
    }

    @Test("a set has at most 100 KiB")
    func length() {
        let frame = #"{"keys":[],"x":""}"#
        let longest = #"{"keys":[],"x":""# + String(repeating: "x", count: 100 * 1024 - frame.utf8.count) + #""}"#
        #expect(Trial.keySetRefusal(longest) == nil)
        #expect(Trial.keySetRefusal(longest + " ") == .keySetTooLong)
    }

    @Test("a set without keys is read: it verifies nothing")
    func empty() throws {
        #expect(try Trial.keySet(#"{"keys":[]}"#).keys.isEmpty)
    }

    @Test("two keys of one kid refuse the set, also where one of them is not used")
    func duplicateKeyID() {
        let first = #""kid":"a","# + Self.ec
        for second in [
            first, #""kid":"a","# + Self.okp, #""k\u0069d":"\u0061","use":"enc","# + Self.okp, #""kid":"a""#,
        ] {
            #expect(Trial.keySetRefusal(Self.set(first, second)) == .duplicateKeyID)
        }
    }

    @Test("two kids that only look alike are two")
    func canonicalEquivalence() throws {
        let text = Self.set("\"kid\":\"caf\u{e9}\"," + Self.ec, "\"kid\":\"cafe\u{301}\"," + Self.okp)
        #expect(try Trial.keySet(text).keys.count == 2)
    }

    @Test("any private or symmetric member refuses the set", arguments: ["d", "p", "q", "dp", "dq", "qi", "oth", "k"])
    func privateMembers(member: String) {
        for value in [#""AA""#, "null", "[]"] {
            #expect(Trial.keySetRefusal(Self.set(Self.ec, Self.okp + ",\"\(member)\":\(value)")) == .privateMembers)
        }
        #expect(Trial.keySetRefusal(Self.set(Self.ec, #""kty":"oct","k":"AA""#)) == .privateMembers)
        #expect(Trial.keySetRefusal(Self.set(Self.ec, #""kty":"unheard-of","d":"AA""#)) == .privateMembers)
    }

    /// A key, and the rule it breaks.
    static let badKeys: [(String, JWK.Refusal)] = [
        ("", .malformed(member: "kty")), (#""kty":"oct""#, .unsupportedType), (#""kty":"ec""#, .unsupportedType),
        (#""kty":7"#, .malformed(member: "kty")), (#""kid":7,"# + ec, .keyIDNotString),
        (#""kid":null,"# + ec, .keyIDNotString), (#""kid":["a"],"# + ec, .keyIDNotString),
        (#""use":"enc","# + ec, .notForSignatures), (#""use":"SIG","# + ec, .notForSignatures),
        (#""use":"","# + ec, .notForSignatures), (#""use":null,"# + ec, .malformed(member: "use")),
        (#""key_ops":[],"# + ec, .notForVerifying), (#""key_ops":["sign"],"# + ec, .notForVerifying),
        (#""key_ops":["sign, verify"],"# + ec, .notForVerifying),
        (#""key_ops":"verify","# + ec, .malformed(member: "key_ops")),
        (#""alg":"HS256","# + ec, .unsuitableAlgorithm), (#""alg":"none","# + ec, .unsuitableAlgorithm),
        (#""alg":"ES384","# + ec, .unsuitableAlgorithm), (#""alg":"ES521","# + ec, .unsuitableAlgorithm),
        (#""alg":"RS256","# + ec, .unsuitableAlgorithm), (#""alg":"es256","# + ec, .unsuitableAlgorithm),
        (#""alg":"RSA1_5","# + rsa(), .unsuitableAlgorithm), (#""alg":"EdDSA","# + rsa(), .unsuitableAlgorithm),
        (#""alg":7,"# + ec, .malformed(member: "alg")),
        (ec.replacing("P-256", with: "P-384"), .unsound(.malformedKey)),
        (ec.replacing("P-256", with: "p-256"), .unsupportedType),
        (ec.replacing("P-256", with: "secp256k1"), .unsupportedType),
        (ec.replacing("x_FEz", with: "y_FEz"), .unsound(.pointNotOnCurve)),
        (ec.replacing("5a0\"", with: "5a0=\""), .malformed(member: "y")),
        (ec.replacing("5a0\"", with: "5a1\""), .malformed(member: "y")),
        (ec.replacing("\"y\"", with: "\"z\""), .malformed(member: "y")),
        (okp.replacing("Ed25519", with: "X25519"), .unsupportedType),
        (okp.replacing("Ed25519", with: "Ed448"), .unsupportedType),
        (#""kty":"OKP","crv":"Ed25519","x":"AQ""#, .unsound(.malformedKey)),
        (#""kty":"OKP","crv":"Ed25519","x":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA""#, .unsound(.malformedKey)),
        (rsa(bits: 1024), .unsound(.modulusTooShort)), (rsa(bits: 8200), .unsound(.modulusTooLong)),
        (rsa(exponent: "AQ"), .unsound(.weakExponent)), (rsa(exponent: "Aw"), .unsound(.weakExponent)),
        (rsa(exponent: "AQAA"), .unsound(.weakExponent)), (rsa(exponent: "AAEAAQ"), .unsound(.malformedKey)),
        (rsa(exponent: ""), .malformed(member: "e")), (rsa(exponent: "AQAB="), .malformed(member: "e")),
    ]

    @Test("a bad key is left out and says why; its neighbours stay", arguments: badKeys)
    func badKey(key: String, refusal: JWK.Refusal) throws {
        let set = try Trial.keySet(Self.set(#""kid":"good","# + Self.okp, key))
        #expect(set.keys.count == 1)
        #expect(set.refused.map(\.refusal) == [refusal])
        #expect(refusal.description.first?.isLowercase == true)
    }

    @Test("an element that is no key is left out", arguments: ["null", "7", "\"key\"", "[]", "true"])
    func noObject(element: String) throws {
        let set = try Trial.keySet("{\"keys\":[{\(Self.ec)},\(element)]}")
        #expect(set.keys.count == 1)
        #expect(set.refused.map(\.refusal) == [.malformed(member: "keys")])
    }
}
