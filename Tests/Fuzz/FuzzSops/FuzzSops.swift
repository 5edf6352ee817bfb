import EncryptedFile
import Secrets

/// Any bytes as an encrypted file in each form: read or refused without a trap, and no key opens it.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzSops(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let bytes = Array(UnsafeBufferPointer(start: start, count: count))
    let key = [UInt8](repeating: 7, count: 32).withUnsafeBytes { try? SecretBytes(copying: $0) }
    guard let key else { return 0 }
    for format in SopsFormat.allCases {
        guard let file = try? SopsFile(bytes, format: format) else { continue }
        guard (try? file.open(with: key)) == nil else { fatalError("a file without a key was opened") }
    }
    return 0
}
