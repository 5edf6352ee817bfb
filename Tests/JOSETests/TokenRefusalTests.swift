import InjectTesting
import JOSE
import OpenSSLCrypto
import Secrets
import Testing

/// What somebody might send instead of a token.
@Suite("Tokens that are refused")
struct TokenRefusalTests {
    static let payload = Array(#"{"sub":"x"}"#.utf8)

    static func signer() throws -> JWSSigner {
        try JWSSigner(key: PrivateKey(generating: .elliptic(.p256)), algorithm: .es256)
    }

    static func code(_ token: [UInt8], _ keySet: [UInt8], _ algorithms: Set<JWSAlgorithm> = [.es256]) -> JOSEError.Code?
    {
        do throws(JOSEError) {
            let keys = try Self.keys(keySet).get()
            let parsed = try Self.parsed(token).get()
            _ = try JWSVerifier(algorithms: algorithms).payload(of: parsed, verifiedWith: keys)
            return nil
        } catch {
            return error.code
        }
    }

    static func keys(_ text: [UInt8]) -> Result<JWKSet, JOSEError> {
        text.withUnsafeBytes { bytes in
            do throws(JOSEError) { return .success(try JWKSet(parsing: bytes)) } catch { return .failure(error) }
        }
    }

    static func parsed(_ text: [UInt8]) -> Result<CompactJWS, JOSEError> {
        text.withUnsafeBytes { bytes in
            do throws(JOSEError) { return .success(try CompactJWS(parsing: bytes)) } catch { return .failure(error) }
        }
    }

    static func bytes(_ secret: SecretBytes) -> [UInt8] { secret.withExposedBytes { Array($0) } }

    @Test(
        "a header that asks for anything but the configured algorithm",
        arguments: [
            (#"{"alg":"none"}"#, JOSEError.Code.algorithmNotAllowed),
            (#"{"alg":"None"}"#, .algorithmNotAllowed), (#"{"alg":"nOnE"}"#, .algorithmNotAllowed),
            (#"{"alg":"NONE"}"#, .algorithmNotAllowed), (#"{"alg":""}"#, .algorithmNotAllowed),
            (#"{"alg":"HS256"}"#, .algorithmNotAllowed), (#"{"alg":"HS512"}"#, .algorithmNotAllowed),
            (#"{"alg":"es256"}"#, .algorithmNotAllowed), (#"{"alg":" ES256"}"#, .algorithmNotAllowed),
            (#"{"alg":"RS256"}"#, .algorithmNotAllowed), (#"{"alg":"ES256K"}"#, .algorithmNotAllowed),
            (#"{}"#, .malformedHeader), (#"{"alg":null}"#, .malformedHeader), (#"{"alg":["ES256"]}"#, .malformedHeader),
            (#"{"alg":256}"#, .malformedHeader), (#"[]"#, .malformedHeader), (#""ES256""#, .malformedHeader),
            (#"{"alg":"ES256","alg":"none"}"#, .malformedHeader),
            (#"{"alg":"ES256","crit":["exp"],"exp":1}"#, .forbiddenHeader),
            (#"{"alg":"ES256","b64":false,"crit":["b64"]}"#, .forbiddenHeader),
            (#"{"alg":"ES256","cty":"JWT"}"#, .forbiddenHeader), (#"{"alg":"ES256","zip":"DEF"}"#, .forbiddenHeader),
            (#"{"alg":"ES256","typ":"JOSE"}"#, .forbiddenHeader), (#"{"alg":"ES256","typ":"jwt"}"#, .forbiddenHeader),
            (#"{"alg":"ES256","typ":7}"#, .malformedHeader), (#"{"alg":"ES256","kid":7}"#, .malformedHeader),
            (#"{"alg":"ES256","kid":"../../dev/null"}"#, .unknownKey), (#"{"alg":"ES256","kid":""}"#, .unknownKey),
            (#"{"alg":"ES256","kid":"' OR '1'='1"}"#, .unknownKey),
            (#"{"alg":"ES256",}"#, .malformedHeader),
        ]
    )
    func headers(header: String, code: JOSEError.Code) throws {
        let signer = try Self.signer()
        let token = try signer.token(header: Array(header.utf8), payload: Self.payload)
        #expect(Self.code(Self.bytes(token), signer.keySet) == code)
    }

    @Test("parameters that bring a key along are ignored, not used")
    func broughtKeys() throws {
        let signer = try Self.signer()
        let stranger = try Self.signer()
        let jwk = String(decoding: stranger.keySet, as: UTF8.self)
        let header =
            #"{"alg":"ES256","kid":"\#(signer.keyID)","jwk":\#(jwk),"jku":"https://a.b","x5c":["x"],"x5t":"y"}"#
        let forged = try stranger.token(header: Array(header.utf8), payload: Self.payload)
        #expect(Self.code(Self.bytes(forged), signer.keySet) == .badSignature)
        let honest = try signer.token(header: Array(header.utf8), payload: Self.payload)
        #expect(Self.code(Self.bytes(honest), signer.keySet) == nil)
    }

    @Test(
        "a text that is not three canonical segments",
        arguments: [
            "", ".", "..", "...", "a.b", "e30.e30.", ".e30.e30", "e30.e30.e30.e30", "e30.e30.e30.e30.e30",
            "e30=.e30.e30", "e31.e30.e30", "e3 0.e30.e30", "e30.e30.e30\n", "e3+.e30.e30", "e30.e/0.e30", "e30.e30.e",
        ]
    )
    func segments(text: String) {
        #expect(Self.code(Array(text.utf8), Array(#"{"keys":[]}"#.utf8)) == .malformedToken)
    }

    @Test("a megabyte of dots is refused by its length alone")
    func tooLong() {
        #expect(Self.code([UInt8](repeating: 0x2E, count: 1_000_000), Array(#"{"keys":[]}"#.utf8)) == .tokenTooLong)
    }

    @Test("no bit of a token can be changed", arguments: [PrivateKey.Kind.elliptic(.p256), .ed25519, .rsa(bits: 2048)])
    func everyByte(kind: PrivateKey.Kind) throws {
        let algorithm: JWSAlgorithm =
            switch kind {
            case .elliptic: .es256
            case .ed25519: .edDSA
            case .rsa: .rs256
            }
        let signer = try JWSSigner(key: PrivateKey(generating: kind), algorithm: algorithm)
        let token = Self.bytes(try signer.token(payload: Self.payload))
        #expect(Self.code(token, signer.keySet, [algorithm]) == nil)
        for index in token.indices {
            for bit in [UInt8(1), 32] {
                var changed = token
                changed[index] ^= bit
                #expect(Self.code(changed, signer.keySet, [algorithm]) != nil, "byte \(index)")
            }
        }
        for count in 0..<token.count { #expect(Self.code(Array(token[..<count]), signer.keySet, [algorithm]) != nil) }
    }

    @Test("without a kid, exactly one key must fit")
    func withoutKeyID() throws {
        let (one, two) = (try Self.signer(), try Self.signer())
        let token = Self.bytes(try one.token(header: Array(#"{"alg":"ES256"}"#.utf8), payload: Self.payload))
        #expect(Self.code(token, one.keySet) == nil)
        let both = [one, two].map { String(decoding: $0.keySet, as: UTF8.self).dropFirst(9).dropLast(2) }
        #expect(Self.code(token, Array(#"{"keys":[\#(both.joined(separator: ","))]}"#.utf8)) == .ambiguousKey)
        #expect(Self.code(token, Array(#"{"keys":[]}"#.utf8)) == .ambiguousKey)
    }

    @Test("a DER signature, or one of zeros, is no ES256 signature", arguments: [0, 1, 63, 64, 65, 70, 72])
    func psychicSignatures(count: Int) throws {
        let signer = try Self.signer()
        let token = Self.bytes(try signer.token(payload: Self.payload))
        let input = token[...(token.lastIndex(of: 0x2E) ?? 0)]
        let zeros = Base64URL.encode([UInt8](repeating: 0, count: count))
        #expect(Self.code(input + zeros, signer.keySet) != nil)
    }
}
