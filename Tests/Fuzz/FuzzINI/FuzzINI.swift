import AWSClient
import Secrets

/// Any bytes as a file of AWS's tools: read or refused without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzINI(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = UnsafeRawBufferPointer(start: start, count: count)
    guard let secret = try? SecretBytes(copying: text) else { return 0 }
    _ = try? INIFile(secret, name: "config")
    return 0
}
