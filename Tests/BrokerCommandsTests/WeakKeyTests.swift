import Foundation
import InjectTesting
import JOSE
import Secrets
import Testing

/// Keys that an issuer publishes and that nobody should trust, with good signatures of theirs.
@Suite("inject-broker: attacks with weak keys")
struct WeakKeyTests {
    /// What is made by Python's `cryptography`: key sets, and tokens by name.
    private struct Forgery: Decodable {
        let keys: String
        let weak: [String: String]
        let strong: [String: String]
    }

    private static func bench(_ issuer: FakeIssuer) throws -> BrokerBench {
        try BrokerBench(
            extra: "algorithms: [RS256, PS256, ES256, ES384, ES512, EdDSA]\nlimits: { failures: \"0\" }",
            issuerName: issuer.url)
    }

    private static func forge(_ bench: BrokerBench, _ issuer: FakeIssuer) throws -> Forgery {
        let payload = bench.payload([("iss", "\"\(issuer.url)\"")])
        let output = try Python.run(program, arguments: [String(decoding: payload, as: UTF8.self)])
        return try JSONDecoder().decode(Forgery.self, from: Data(output))
    }

    @Test("no key that is too short, of a bad exponent, factorable, of another curve or off it opens anything")
    func weak() async throws {
        let issuer = try FakeIssuer(likeGitHub: true)
        let bench = try Self.bench(issuer)
        let forgery = try Self.forge(bench, issuer)
        issuer.follow { request in request.path == "/jwks" ? .text(forgery.keys) : nil }
        #expect(forgery.weak.count == 17)
        for (name, token) in forgery.weak {
            let answer = try await bench.exchange(token)
            #expect(answer == AttackTests.refusal, "\(name): \(answer)")
        }
        #expect(try !bench.events().contains { !$0.hasPrefix("token.refused failure") })
        // The same program's sound keys in the same set are used: what was refused was refused for its key.
        #expect(forgery.strong.count == 3)
        for (name, token) in forgery.strong {
            let answer = try await bench.exchange(token)
            #expect(answer.status == 200, "\(name): \(answer)")
        }
    }

    @Test(
        "a set with two keys of one id, or with a private key, opens nothing, not even by its sound key",
        arguments: ["twice", "private"])
    func sets(kind: String) async throws {
        let issuer = try FakeIssuer(likeGitHub: true)
        let bench = try Self.bench(issuer)
        let good = String(decoding: issuer.signer.jwks, as: UTF8.self)
        let key = String(good.dropFirst(#"{"keys":["#.count).dropLast(2))
        let other = kind == "twice" ? key : key.replacing(#""kid":""#, with: #""d":"AQAB","kid":"x"#)
        issuer.follow { request in request.path == "/jwks" ? .text(#"{"keys":[\#(key),\#(other)]}"#) : nil }
        let payload = bench.payload([("iss", "\"\(issuer.url)\"")])
        let token = try issuer.signer.sign(payload: payload).exposedText
        let refused = try await bench.exchange(token)
        #expect(refused.status != 200 && refused["access_token"] == nil, "\(refused)")
        #expect(try bench.events().allSatisfy { $0.hasPrefix("token.refused") })
    }

    private static let program = #"""
        import base64, hashlib, json, math, random, subprocess, sys, uuid
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, ed25519, utils
        b = lambda x: base64.urlsafe_b64encode(x).rstrip(b"=").decode()
        i = lambda n, size=None: b(n.to_bytes(size or (n.bit_length() + 7) // 8, "big"))
        keys, weak, strong = [], {}, {}
        random.seed(7)

        def prime(bits, e):
            while True:
                p = int(subprocess.run(["openssl", "prime", "-generate", "-bits", str(bits)],
                                       capture_output=True, check=True).stdout)
                if p % e != 1:
                    return p

        def message(name, alg):
            claims = json.loads(sys.argv[1])
            claims["jti"] = str(uuid.uuid4())
            header = {"alg": alg, "typ": "JWT", "kid": name}
            return ".".join(b(json.dumps(part).encode()) for part in (header, claims))

        def publish(name, alg, members, sign, table=weak):
            keys.append({"kid": name, "use": "sig", **({"alg": alg}), **members})
            text = message(name, alg)
            table[name] = text + "." + b(sign(text.encode()))

        # RSA by hand: libraries refuse to sign with such keys.
        def rsa(name, primes, e, table=weak, **members):
            n, d = math.prod(primes), pow(e, -1, math.prod(p - 1 for p in primes))
            size = (n.bit_length() + 7) // 8
            def sign(text):
                info = bytes.fromhex("3031300d060960864801650304020105000420") + hashlib.sha256(text).digest()
                padded = b"\x00\x01" + b"\xff" * (size - len(info) - 3) + b"\x00" + info
                return pow(int.from_bytes(padded, "big"), d, n).to_bytes(size, "big")
            publish(name, "RS256", {"kty": "RSA", "n": i(n), "e": i(e), **members}, sign, table)

        sound = [prime(1024, 65537), prime(1024, 65537)]
        rsa("rsa-2048", sound, 65537, strong)
        rsa("rsa-512", [prime(256, 65537), prime(256, 65537)], 65537)
        rsa("rsa-1024", [prime(512, 65537), prime(512, 65537)], 65537)
        rsa("rsa-2046", [prime(1023, 65537), prime(1023, 65537)], 65537)
        rsa("rsa-e-3", [prime(1024, 3), prime(1024, 3)], 3)
        rsa("rsa-e-1", sound, 1)
        rsa("rsa-e-17", [prime(1024, 17), prime(1024, 17)], 17)
        rsa("rsa-8704", [prime(1088, 65537) for _ in range(8)], 65537)
        rsa("rsa-for-encryption", sound, 65537, use="enc")
        rsa("rsa-not-for-verifying", sound, 65537, key_ops=["encrypt"])
        rsa("rsa-of-another-algorithm", sound, 65537, alg="PS256")

        # CVE-2017-15361: primes of the form k * M + 65537 ** a mod M.
        m, small = 1, [x for x in range(2, 702) if all(x % y for y in range(2, int(x**0.5) + 1))]
        for x in small[:126]:
            m *= x
        def roca():
            while True:
                x = (random.getrandbits(1024 - m.bit_length()) | 1 << (1023 - m.bit_length())) * m
                x += pow(65537, random.randrange(1, 2**64), m)
                if x.bit_length() == 1024 and x % 65537 != 1 and pow(2, x - 1, x) == 1:
                    return x
        def roca_pair():
            while True:
                pair = [roca(), roca()]
                if math.prod(pair).bit_length() == 2048:
                    return pair
        rsa("rsa-roca", roca_pair(), 65537)

        def curve(name, alg, crv, key, size, hash, table=weak, change=lambda x, y: (x, y)):
            numbers = key.public_key().public_numbers()
            x, y = change(numbers.x, numbers.y)
            def sign(text):
                r, s = utils.decode_dss_signature(key.sign(text, ec.ECDSA(hash)))
                return r.to_bytes(size, "big") + s.to_bytes(size, "big")
            publish(name, alg, {"kty": "EC", "crv": crv, "x": i(x, size), "y": i(y, size)}, sign, table)

        p256, p384 = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP384R1())
        curve("p-256", "ES256", "P-256", p256, 32, hashes.SHA256(), strong)
        curve("secp256k1", "ES256K", "secp256k1", ec.generate_private_key(ec.SECP256K1()), 32, hashes.SHA256())
        curve("secp256k1-as-p-256", "ES256", "P-256", ec.generate_private_key(ec.SECP256K1()), 32, hashes.SHA256())
        curve("p-224", "ES256", "P-224", ec.generate_private_key(ec.SECP224R1()), 28, hashes.SHA256())
        curve("p-384-for-es256", "ES256", "P-384", p384, 48, hashes.SHA256())
        curve("off-the-curve", "ES256", "P-256", p256, 32, hashes.SHA256(), change=lambda x, y: (x, y ^ 1))
        ed = ed25519.Ed25519PrivateKey.generate()
        raw = ed.public_key().public_bytes_raw()
        publish("ed25519", "EdDSA", {"kty": "OKP", "crv": "Ed25519", "x": b(raw)}, ed.sign, strong)
        # A point of small order, under which signatures can be made by anybody.
        publish("ed25519-of-small-order", "EdDSA", {"kty": "OKP", "crv": "Ed25519", "x": i(1 << 248, 32)},
                lambda text: (1 << 248).to_bytes(32, "big") + bytes(32))
        print(json.dumps({"keys": json.dumps({"keys": keys}), "weak": weak, "strong": strong}))
        """#
}
