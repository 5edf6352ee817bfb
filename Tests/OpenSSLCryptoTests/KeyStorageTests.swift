import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

@Suite("Stored keys")
struct KeyStorageTests {
    /// RFC 8032, section 7.1, tests 1 and 2.
    @Test(
        "the public half of a published key is the published one",
        arguments: [
            (
                "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
                "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
            ),
            (
                "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
                "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
            ),
        ]
    )
    func publishedKey(seed: String, expected: String) throws {
        let key = try PrivateKey.importEd25519(try secret(Hexadecimal.bytes(seed)))
        #expect(key.publicKey.components == .ed25519(Hexadecimal.bytes(expected)))
        let signature = try key.sign([1, 2, 3], using: .ed25519)
        #expect(key.publicKey.verify(signature, over: [1, 2, 3], using: .ed25519))
    }

    @Test("a key has 32 bytes", arguments: [0, 1, 31, 33, 64])
    func badLengths(count: Int) throws {
        let seed = try secret([UInt8](repeating: 1, count: count))
        #expect { try PrivateKey.importEd25519(seed) } throws: { ($0 as? CryptoError)?.code == .malformedKey }
    }

    @Test(
        "a machine that lacks the algorithm or memory is to blame, and the key is not",
        arguments: [
            (CryptoError.Code.operationFailed, "OpenSSL on this machine does not offer Ed25519: is it in FIPS mode?"),
            (.noSecretMemory, "there is no memory for it"), (.malformedKey, nil), (.modulusTooShort, nil),
            (.modulusTooLong, nil), (.weakExponent, nil), (.factorableModulus, nil), (.pointNotOnCurve, nil),
            (.malformedParameter, nil), (.notAuthentic, nil), (.unsupportedKey, nil),
        ] as [(CryptoError.Code, String?)]
    )
    func shortage(code: CryptoError.Code, text: String?) {
        #expect(code.shortage(of: "Ed25519") == text)
    }
}
