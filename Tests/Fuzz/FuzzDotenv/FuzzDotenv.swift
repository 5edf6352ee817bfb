import SecretStores
import Secrets

/// Any bytes as a dotenv file in every dialect: read or refused without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzDotenv(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = UnsafeRawBufferPointer(start: start, count: count)
    for dialect in DotenvDialect.allCases {
        guard let secret = try? SecretBytes(copying: text) else { return 0 }
        _ = try? dialect.keys(of: secret)
    }
    return 0
}
