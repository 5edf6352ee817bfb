import InjectTesting
import JOSE
import OpenSSLCrypto
import Testing

/// What attackers of JWT libraries try, each against the real key set of a real signer.
@Suite("Attacks on tokens")
struct JWSVerifierTests {
    static let payload = Array(#"{"sub":"x"}"#.utf8)

    /// A token with any header, signed by the signer's key as the signer signs.
    static func refusal(
        _ signer: JWSSigner,
        header: String,
        keys: [UInt8]? = nil,
        allowed: Set<JWSAlgorithm> = Set(JWSAlgorithm.allCases)
    ) throws -> JOSEError.Code? {
        let token = try signer.sign(header: Array(header.utf8), payload: payload)
        return try Trial.refusal(Trial.bytes(token), keys: keys ?? signer.jwks, allowed: allowed)
    }

    @Test(
        "no spelling of none, of HMAC or of anything unknown is an algorithm",
        arguments: [
            "none", "None", "NONE", "nOnE", "noNe", "nonE", "NoNe", "nOne", "NOnE", "nONE", "NonE", "NONe", "", " ",
            "none ", " none", "n\\u006fne", "HS256", "HS384", "HS512", "hs256", " HS256", "HS256 ", "ES256K", "ES521",
            "es256", "ES256 ", " ES256", "ES256\\u0000", "ES25\\u0036x", "RSA-OAEP", "A128KW", "dir", "ECDH-ES",
            "Ed25519",
        ]
    )
    func unknownAlgorithm(name: String) throws {
        let signer = try JWSSigner(key: .generateP256())
        let header = #"{"alg":"\#(name)","kid":"\#(signer.keyID)"}"#
        #expect(try Self.refusal(signer, header: header) == .algorithmNotAllowed)
        let keyless = Base64URL.encode(Array(header.utf8)) + "." + Base64URL.encode(Self.payload) + "."
        #expect(try Trial.refusal(Array(keyless.utf8), keys: signer.jwks) == .emptyPart)
        #expect(try Trial.refusal(Array((keyless + "AA").utf8), keys: signer.jwks) == .algorithmNotAllowed)
    }

    @Test("HMAC with the public key as the secret is refused, whatever form of the key is taken")
    func publicKeyAsSecret() throws {
        let signer = try JWSSigner(key: .generateRSA())
        guard case .rsa(let modulus, _) = try Trial.keySet(signer.jwks).keys[0].publicKey.components else {
            Issue.record("the key is no RSA key")
            return
        }
        for name in ["HS256", "RS256"] {
            let header = Array(#"{"alg":"\#(name)","kid":"\#(signer.keyID)"}"#.utf8)
            let message = Base64URL.encode(header) + "." + Base64URL.encode(Self.payload)
            for form in [signer.jwks, modulus, Array(Base64URL.encode(modulus).utf8)] {
                let key = try Trial.secret(form)
                let code = try Array(message.utf8).withUnsafeBytes { try MessageAuthentication.sha256($0, key: key) }
                let token = Array((message + "." + Base64URL.encode(code)).utf8)
                let expected: JOSEError.Code = name == "HS256" ? .algorithmNotAllowed : .signatureMismatch
                #expect(try Trial.refusal(token, keys: signer.jwks) == expected)
            }
        }
    }

    @Test("an algorithm off the issuer's list is refused, though the key would verify it")
    func allowList() throws {
        let signer = try JWSSigner(key: .generateP256())
        let header = #"{"alg":"ES256","kid":"\#(signer.keyID)"}"#
        #expect(try Self.refusal(signer, header: header, allowed: [.rs256]) == .algorithmNotAllowed)
        #expect(try Self.refusal(signer, header: header, allowed: []) == .algorithmNotAllowed)
        #expect(try Self.refusal(signer, header: header, allowed: [.es256]) == nil)
    }

    @Test("a key that the token brings along is never used, and never refused for itself")
    func embeddedKey() throws {
        let issuer = try JWSSigner(key: .generateP256())
        let attacker = try JWSSigner(key: .generateP256())
        let own = String(decoding: attacker.jwks.dropFirst(9).dropLast(2), as: UTF8.self)
        let members = [
            "\"jwk\":\(own)", #""jku":"https://attacker.example/keys""#, #""x5u":"https://attacker.example/c""#,
            #""x5c":["AAAA"]"#, #""x5t":"AAAA""#, #""x5t#S256":"AAAA""#,
        ]
        for member in members {
            let header = #"{"alg":"ES256","kid":"\#(issuer.keyID)",\#(member)}"#
            #expect(try Self.refusal(attacker, header: header, keys: issuer.jwks) == .signatureMismatch)
            #expect(try Self.refusal(issuer, header: header) == nil)
        }
        let withoutKeyID = #"{"alg":"ES256","jwk":\#(own)}"#
        #expect(try Self.refusal(attacker, header: withoutKeyID, keys: issuer.jwks) == .signatureMismatch)
    }

    @Test(
        "a kid is only looked up, never opened, queried or run",
        arguments: [
            "", " ", "../../../../dev/null", "/dev/null", "/etc/passwd", "' OR '1'='1", "x' UNION SELECT 'key';--",
            "key|/bin/true", "$(id)", "https://attacker.example/key", "file:///dev/null", "\\u0000", "kid\\u0000",
            "%2e%2e%2f",
        ]
    )
    func keyIDTricks(keyID: String) throws {
        let signer = try JWSSigner(key: .generateP256())
        #expect(try Self.refusal(signer, header: #"{"alg":"ES256","kid":"\#(keyID)"}"#) == .unknownKeyID)
    }

    @Test("a kid is compared as bytes: what only looks the same is another")
    func keyIDBytes() throws {
        let signer = try JWSSigner(key: .generateP256(), keyID: "caf\u{e9}")
        #expect(try Self.refusal(signer, header: "{\"alg\":\"ES256\",\"kid\":\"caf\u{e9}\"}") == nil)
        #expect(try Self.refusal(signer, header: "{\"alg\":\"ES256\",\"kid\":\"caf\\u00e9\"}") == nil)
        #expect(try Self.refusal(signer, header: "{\"alg\":\"ES256\",\"kid\":\"cafe\u{301}\"}") == .unknownKeyID)
    }

    @Test("without a kid, exactly one key of the set must fit")
    func withoutKeyID() throws {
        let first = try JWSSigner(key: .generateP256())
        let second = try JWSSigner(key: .generateP256())
        let other = try JWSSigner(key: .generateEd25519())
        let key = { (signer: JWSSigner) in String(decoding: signer.jwks.dropFirst(9).dropLast(2), as: UTF8.self) }
        let set = { (signers: [JWSSigner]) in Array("{\"keys\":[\(signers.map(key).joined(separator: ","))]}".utf8) }
        let header = #"{"alg":"ES256"}"#
        #expect(try Self.refusal(first, header: header, keys: set([first])) == nil)
        #expect(try Self.refusal(first, header: header, keys: set([other, first])) == nil)
        #expect(try Self.refusal(first, header: header, keys: set([first, second])) == .severalKeysFit)
        #expect(try Self.refusal(first, header: header, keys: set([other])) == .noKeyFits)
        #expect(try Self.refusal(first, header: header, keys: set([])) == .noKeyFits)
        #expect(try Self.refusal(first, header: header, keys: set([second])) == .signatureMismatch)
    }

    @Test("the algorithm a key declares binds, and so do its type and its curve")
    func binding() throws {
        let key = try PrivateKey.generateRSA()
        let signer = try JWSSigner(key: key, keyID: "a")
        for name in ["PS256", "RS384", "RS512", "ES256", "EdDSA"] {
            #expect(try Self.refusal(signer, header: #"{"alg":"\#(name)","kid":"a"}"#) == .algorithmMismatch)
            #expect(try Self.refusal(signer, header: #"{"alg":"\#(name)"}"#) == .noKeyFits)
        }
        let undeclared = Array(
            String(decoding: signer.jwks, as: UTF8.self).replacing(#""alg":"RS256","#, with: "").utf8)
        #expect(try Self.refusal(signer, header: #"{"alg":"RS256","kid":"a"}"#, keys: undeclared) == nil)
        #expect(try Self.refusal(signer, header: #"{"alg":"PS256","kid":"a"}"#, keys: undeclared) == .signatureMismatch)
        #expect(try Self.refusal(signer, header: #"{"alg":"ES256","kid":"a"}"#, keys: undeclared) == .algorithmMismatch)
        let curve = try JWSSigner(key: .generateP256(), keyID: "a")
        for name in ["ES384", "ES512", "EdDSA", "RS256"] {
            #expect(try Self.refusal(curve, header: #"{"alg":"\#(name)","kid":"a"}"#) == .algorithmMismatch)
        }
    }

    @Test("a key that the rules refuse says so, and is not mistaken for an unknown one")
    func refusedKey() throws {
        let signer = try JWSSigner(key: .generateP256())
        let keys = Array(
            String(decoding: signer.jwks, as: UTF8.self).replacing(#""use":"sig""#, with: #""use":"enc""#).utf8)
        let header = #"{"alg":"ES256","kid":"\#(signer.keyID)"}"#
        #expect(try Self.refusal(signer, header: header, keys: keys) == .keyRefused(.notForSignatures))
        #expect(try Self.refusal(signer, header: #"{"alg":"ES256"}"#, keys: keys) == .noKeyFits)
    }

    @Test(
        "a type is one of the issuer's, whatever its case, or absent",
        arguments: [
            (nil, ["JWT"], true), ("JWT", ["JWT"], true), ("jwt", ["JWT"], true), ("JWT ", ["JWT"], false),
            ("", ["JWT"], false), ("JOSE", ["JWT"], false), ("at+jwt", ["JWT"], false),
            ("at+jwt", ["JWT", "at+jwt"], true), ("secevent+jwt", ["JWT", "at+jwt"], false),
            ("application/jwt", ["JWT"], false), ("J\u{17F}T", ["JST"], false),
        ] as [(String?, [String], Bool)]
    )
    func types(type: String?, allowed: [String], isAccepted: Bool) throws {
        let signer = try JWSSigner(key: .generateP256())
        let member = type.map { #","typ":"\#($0)""# } ?? ""
        let token = try signer.sign(header: Array(#"{"alg":"ES256"\#(member)}"#.utf8), payload: Self.payload)
        let outcome = try Trial.outcome(Trial.bytes(token), keys: signer.jwks, types: allowed)
        switch outcome {
        case .success: #expect(isAccepted)
        case .failure(let error):
            #expect(!isAccepted)
            #expect(error.code == .typeNotAllowed)
        }
    }

    @Test("psychic signatures, DER and wrong lengths are refused")
    func signatures() throws {
        let signer = try JWSSigner(key: .generateP256())
        let token = Trial.bytes(try signer.sign(payload: Self.payload))
        guard let dot = token.lastIndex(of: UInt8(ascii: ".")),
            let signature = Trial.decode(String(decoding: token[(dot + 1)...], as: UTF8.self))
        else {
            Issue.record("the token has no signature")
            return
        }
        let order = Hexadecimal.bytes("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551")
        let zero = [UInt8](repeating: 0, count: 32)
        let number = { (half: ArraySlice<UInt8>) in
            [2, UInt8(half.count + (half.first ?? 0 > 127 ? 1 : 0))] + (half.first ?? 0 > 127 ? [0] : []) + half
        }
        let sequence = number(signature[..<32]) + number(signature[32...])
        let forged: [[UInt8]] = [
            zero + zero, zero + signature[32...], signature[..<32] + zero, order + order, order + signature[32...],
            signature[..<32] + order, [0x30, UInt8(sequence.count)] + sequence, signature.dropLast(),
            [0] + signature, signature + [0], zero + signature + zero, [0], [UInt8](repeating: 0xFF, count: 64),
        ]
        let prefix = token[...dot]
        for signature in forged {
            let token = prefix + Array(Base64URL.encode(signature).utf8)
            #expect(try Trial.refusal(Array(token), keys: signer.jwks) == .signatureMismatch)
        }
    }

    @Test("an encrypted token and the JSON forms of a signed one are refused")
    func otherSerializations() throws {
        let signer = try JWSSigner(key: .generateP256())
        let token = String(decoding: Trial.bytes(try signer.sign(payload: Self.payload)), as: UTF8.self)
        let parts = token.split(separator: ".")
        let flattened = #"{"protected":"\#(parts[0])","payload":"\#(parts[1])","signature":"\#(parts[2])"}"#
        let general =
            #"{"payload":"\#(parts[1])","signatures":[{"protected":"\#(parts[0])","signature":"\#(parts[2])"}]}"#
        for text in [flattened, general, "\(token).\(parts[2]).\(parts[2])", "[\(token)]", "Bearer \(token)"] {
            #expect(try Trial.refusal(Array(text.utf8), keys: signer.jwks) != nil)
        }
    }
}
