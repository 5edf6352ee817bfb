import JOSE
import Secrets

/// RFC 7515, appendix A.3.1: a real key, so that a token without a `kid` reaches OpenSSL.
private let keys: JWKSet? = Array(
    #"""
    {"keys":[{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",
    "y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}]}
    """#.utf8
).withUnsafeBytes { try? JWKSet(parsing: $0) }

/// Whatever the bytes are, they are taken apart without a trap, and nothing but the RFC's own token verifies.
@_cdecl("LLVMFuzzerTestOneInput")
package func fuzzCompactJWS(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = UnsafeRawBufferPointer(start: start, count: count)
    guard let keys, let text = try? SecretBytes(copying: input) else { return 0 }
    let limits = JWSLimits(allowsEmptyPayload: true)
    guard let token = try? CompactJWS(parsing: text, limits: limits) else { return 0 }
    guard input.count <= limits.bytes, input.count(where: { $0 == UInt8(ascii: ".") }) == 2 else {
        fatalError("a text that is no compact token was taken for one")
    }
    let verifier = JWSVerifier(allowed: Set(JWSAlgorithm.allCases))
    if (try? verifier.verify(token, with: keys)) != nil, !isPublished(input) {
        fatalError("a token without a signature verified")
    }
    return 0
}

/// The header and payload of RFC 7515, appendix A.3.1, which have a published signature under the key.
private func isPublished(_ token: UnsafeRawBufferPointer) -> Bool {
    token.starts(with: "eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQog".utf8)
}
