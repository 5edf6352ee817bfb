import JOSE

/// Any bytes as a token and as a key set: taken apart or refused without a trap, and never verified.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzJOSE(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = UnsafeRawBufferPointer(start: start, count: count)
    let keys = try? JWKSet(parsing: text)
    guard let token = try? CompactJWS(parsing: text), let keys else { return 0 }
    let verifier = JWSVerifier(algorithms: Set(JWSAlgorithm.allCases))
    guard (try? verifier.payload(of: token, verifiedWith: keys)) == nil else { fatalError("verified") }
    return 0
}
