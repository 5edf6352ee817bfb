import Foundation
import InjectTesting
import Secrets
import Testing

/// An issuer that publishes keys nobody should sign with, beside a good one; all signatures are right.
@Suite("inject-broker: weak keys of an issuer")
struct WeakKeyTests {
    /// Makes keys with Python's cryptography, and signs the payload with each; the good key comes last.
    private static let script = """
        import base64, json, sys
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa, utils
        payload = base64.b64decode(sys.argv[1])
        b = lambda data: base64.urlsafe_b64encode(data).rstrip(b"=").decode()
        whole = lambda number: b(number.to_bytes((number.bit_length() + 7) // 8, "big"))
        keys, tokens = [], {}

        def text(kid, algorithm):
            return (b(json.dumps({"alg": algorithm, "typ": "JWT", "kid": kid}).encode()) + "." + b(payload)).encode()

        def add_rsa(kid, bits=2048, exponent=65537, **more):
            key = rsa.generate_private_key(exponent, bits)
            numbers = key.public_key().public_numbers()
            keys.append({"kty": "RSA", "kid": kid, "alg": "RS256", "use": "sig", "n": whole(numbers.n), "e": whole(numbers.e), **more})
            signed = text(kid, "RS256")
            tokens[kid] = signed.decode() + "." + b(key.sign(signed, padding.PKCS1v15(), hashes.SHA256()))

        def add_ec(kid, curve, name, algorithm, size):
            key = ec.generate_private_key(curve)
            numbers = key.public_key().public_numbers()
            x, y = (b(number.to_bytes(size, "big")) for number in (numbers.x, numbers.y))
            keys.append({"kty": "EC", "kid": kid, "alg": algorithm, "use": "sig", "crv": name, "x": x, "y": y})
            signed = text(kid, algorithm)
            r, s = utils.decode_dss_signature(key.sign(signed, ec.ECDSA(hashes.SHA256())))
            tokens[kid] = signed.decode() + "." + b(r.to_bytes(size, "big") + s.to_bytes(size, "big"))

        add_rsa("1024 bits", bits=1024)
        add_rsa("exponent 3", exponent=3)
        add_rsa("for encryption", use="enc")
        add_rsa("not for verifying", key_ops=["sign"])
        add_rsa("of another algorithm", alg="RS512")
        add_ec("of Bitcoin's curve", ec.SECP256K1(), "secp256k1", "ES256K", 32)
        add_ec("P-384 under ES256", ec.SECP384R1(), "P-384", "ES256", 48)
        add_rsa("good")
        print(json.dumps({"keys": json.dumps({"keys": keys}), "tokens": tokens}), end="")
        """

    private struct Made: Decodable {
        let keys: String
        let tokens: [String: String]
    }

    @Test("a token that is signed with one opens nothing, and the good key beside them goes on")
    func keys() async throws {
        let issuer = try FakeIssuer(likeGitHub: true)
        let bench = try BrokerBench(extra: #"limits: { failures: "0" }"#, issuer: issuer)
        let payload = Data(bench.payload()).base64EncodedString()
        let made = try JSONDecoder().decode(Made.self, from: Python.run(Self.script, arguments: [payload]))
        issuer.follow { $0.path == "/jwks" ? .text(made.keys) : nil }
        #expect(made.tokens.count == 8)
        for (name, token) in made.tokens.sorted(by: { $0.key < $1.key }) where name != "good" {
            let answer = try await bench.exchange(token)
            #expect(answer == AttackTests.refusal, "\(name): \(answer)")
        }
        #expect(try await bench.exchange(made.tokens["good"] ?? "").status == 200)
    }
}
