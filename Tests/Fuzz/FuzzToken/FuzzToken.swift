import HTTPTransport
import OIDC
import Secrets

/// Any bytes as a token and as an address: read or refused, without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzToken(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = UnsafeRawBufferPointer(start: start, count: count)
    guard let secret = try? SecretBytes(copying: bytes) else { return 0 }
    if let token = try? UnverifiedToken(secret) {
        // What passed has exactly two dots and something around each.
        let segments = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        precondition(segments.count == 3 && segments.allSatisfy { !$0.isEmpty })
        precondition(token.claimedIssuer.map { $0.count <= count } ?? true)
    }
    if let address = try? HTTPAddress(String(decoding: bytes, as: UTF8.self)) {
        precondition(["https", "http"].contains(address.scheme) && !address.host.isEmpty)
    }
    return 0
}
