import JOSE
import OpenSSLCrypto
import Testing

@Suite("JWKSet")
struct KeySetTests {
    /// A sound P-256 key (RFC 7515, appendix A.3.1, its public half).
    static let sound = """
        "kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",\
        "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"
        """

    static func read(_ text: String) -> Result<JWKSet, JOSEError> { TokenRefusalTests.keys(Array(text.utf8)) }

    @Test(
        "a set that is no set, ambiguous, or holds what nobody should publish is refused whole",
        arguments: [
            ("", JOSEError.Code.malformedKeySet), ("[]", .malformedKeySet), (#"{"keys":{}}"#, .malformedKeySet),
            (#"{"keys":[1]}"#, .malformedKeySet), (#"{"keys":[],"keys":[]}"#, .malformedKeySet),
            (#"{"keys":[{"kid":"a",\#(sound)},{"kid":"a",\#(sound)}]}"#, .forbiddenKeySet),
            (#"{"keys":[{"kid":"a",\#(sound)},{"kid":"\u0061",\#(sound)}]}"#, .forbiddenKeySet),
            (#"{"keys":[{"kid":"a",\#(sound)},{"kid":"a","kty":"?"}]}"#, .forbiddenKeySet),
            (#"{"keys":[{"d":"AQ",\#(sound)}]}"#, .forbiddenKeySet),
            (#"{"keys":[{"kty":"oct","k":"AQ"},{\#(sound)}]}"#, .forbiddenKeySet),
        ]
    )
    func refusedWhole(text: String, code: JOSEError.Code) {
        #expect(throws: JOSEError.self) { try Self.read(text).get() }
        if case .failure(let error) = Self.read(text) { #expect(error.code == code) }
    }

    @Test("a set over 100 KiB is refused by its length")
    func tooLong() {
        let padding = String(repeating: " ", count: 100 * 1024)
        #expect(throws: JOSEError.self) { try Self.read(#"{"keys":[]}"# + padding).get() }
    }

    @Test(
        "one unusable key is put aside with its reason, and the others stay",
        arguments: [
            (#""use":"enc","#, "its `use` is not `sig`"),
            (#""key_ops":["sign"],"#, "its `key_ops` do not name `verify`"),
            (#""key_ops":"verify","#, "its `key_ops` do not name `verify`"),
            (#""kid":7,"#, "its `kid` is a number, not a string"),
            (#""alg":"RS256","#, "its `alg` does not fit its type and curve"),
            (#""alg":"ES384","#, "its `alg` does not fit its type and curve"),
            (#""alg":"HS256","#, "its `alg` does not fit its type and curve"),
        ]
    )
    func putAside(members: String, reason: String) throws {
        let set = try Self.read(#"{"keys":[{\#(members)\#(Self.sound)},{"kid":"good",\#(Self.sound)}]}"#).get()
        #expect(set.refused.map(\.reason) == [reason])
        #expect(set.keys.count == 1)
    }

    @Test(
        "keys that are no keys are put aside",
        arguments: [
            (#"{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"}"#, "its `x` has the wrong length"),
            (#"{"kty":"EC","crv":"secp256k1","x":"AQ","y":"AQ"}"#, "its curve is not P-256, P-384 or P-521"),
            (#"{"kty":"OKP","crv":"X25519","x":"AQ"}"#, "its curve is not Ed25519"),
            (#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, "its modulus has 17 bits, not 2048 to 8192"),
            (#"{"kty":"RSA","e":"AQAB"}"#, "its `n` is missing or not canonical base64url"),
            (#"{"kty":"DSA"}"#, "its type is not RSA, EC or OKP"), (#"{}"#, "its type is not RSA, EC or OKP"),
        ]
    )
    func noKeys(key: String, reason: String) throws {
        #expect(try Self.read(#"{"keys":[\#(key)]}"#).get().refused.map(\.reason) == [reason])
    }

    @Test("a point off its curve is put aside")
    func offCurve() throws {
        let text = Self.sound.replacing("x_FEz", with: "y_FEz")
        #expect(try Self.read(#"{"keys":[{\#(text)}]}"#).get().refused.map(\.reason) == ["its numbers are no key"])
    }

    @Test(
        "a small, even or huge RSA exponent is refused",
        arguments: [("AQ", false), ("Aw", false), ("AQAA", false), ("AQAB", true), ("AQAAAAAAAAAAAQ", false)])
    func exponents(exponent: String, isUsable: Bool) throws {
        let key = try PrivateKey(generating: .rsa(bits: 2048))
        guard case .rsa(let modulus, _) = key.publicKey.components else { return }
        let n = String(decoding: Base64URL.encode(modulus), as: UTF8.self)
        let set = try Self.read(#"{"keys":[{"kty":"RSA","n":"\#(n)","e":"\#(exponent)"}]}"#).get()
        #expect(set.keys.isEmpty != isUsable)
    }
}
