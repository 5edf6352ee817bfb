import InjectTesting
import JOSE
import OpenSSLCrypto
import Secrets
import Testing

@Suite("Signing tokens")
struct JWSSignerTests {
    static let payload = Array(#"{"sub":"repo:octo/hello"}"#.utf8)

    static func signers() throws -> [JWSSigner] {
        [
            try JWSSigner(key: .generateP256()), try JWSSigner(key: .generateRSA()),
            try JWSSigner(key: .generateEd25519()),
        ]
    }

    @Test("what a signer signs verifies with the set it publishes, and with no other")
    func roundTrip() throws {
        let signers = try Self.signers()
        #expect(signers.map(\.algorithm) == [.es256, .rs256, .eddsa])
        for signer in signers {
            let token = Trial.bytes(try signer.sign(payload: Self.payload))
            for other in signers {
                let outcome = try Trial.outcome(token, keys: other.jwks)
                #expect((try? outcome.get()) == (other.keyID == signer.keyID ? Self.payload : nil))
            }
        }
    }

    @Test("payloads of every length verify", arguments: 0..<30)
    func lengths(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let signer = try JWSSigner(key: .generateP256())
        let payload = (0...random.below(2000)).map { _ in UInt8(random.below(256)) }
        let token = Trial.bytes(try signer.sign(payload: payload))
        #expect(try Trial.outcome(token, keys: signer.jwks).get() == payload)
    }

    @Test("no byte of a token can be changed, dropped or doubled")
    func everyByte() throws {
        var random = SeededRandom(seed: 1)
        for signer in try Self.signers() {
            let token = Trial.bytes(try signer.sign(payload: Self.payload))
            for index in token.indices {
                var changed = token
                changed[index] ^= UInt8(1 + random.below(255))
                #expect(try Trial.refusal(changed, keys: signer.jwks) != nil, "byte \(index)")
                changed = token
                changed.remove(at: index)
                #expect(try Trial.refusal(changed, keys: signer.jwks) != nil, "without byte \(index)")
                changed = token
                changed.insert(token[index], at: index)
                #expect(try Trial.refusal(changed, keys: signer.jwks) != nil, "byte \(index) twice")
            }
        }
    }

    /// RFC 7638, section 3.1, and RFC 8037, appendix A.3.
    @Test("published keys have their published thumbprints")
    func thumbprints() throws {
        let modulus = """
            0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3\
            oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdA\
            ZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-\
            kEgU8awapJzKnqDKgw
            """
        let rsa = #""kty":"RSA","n":"\#(modulus)","e":"AQAB","alg":"RS256","kid":"2011-04-29""#
        let keys = try Trial.keySet(JWKSetTests.set(rsa, JWKSetTests.okp)).keys
        #expect(
            try keys.map { try $0.publicKey.components.thumbprint() } == [
                "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
            ]
        )
    }

    @Test("the header names algorithm, key and type; the kid is the thumbprint unless one is given")
    func header() throws {
        let key = try PrivateKey.generateP256()
        let signer = try JWSSigner(key: key)
        #expect(signer.keyID == (try key.publicKey.components.thumbprint()))
        let parsed = try CompactJWS(parsing: try signer.sign(payload: Self.payload))
        #expect(parsed.header.algorithm == Array("ES256".utf8))
        #expect(parsed.header.type == Array("JWT".utf8))
        #expect(parsed.header.keyID == Array(signer.keyID.utf8))
        #expect(try JWSSigner(key: key, keyID: "mine").keyID == "mine")
    }

    @Test("the published set has no private member")
    func published() throws {
        for signer in try Self.signers() {
            let set = try Trial.keySet(signer.jwks)
            #expect(set.keys.map(\.keyID) == [Array(signer.keyID.utf8)])
            #expect(set.keys.map(\.algorithm) == [signer.algorithm])
        }
    }
}
