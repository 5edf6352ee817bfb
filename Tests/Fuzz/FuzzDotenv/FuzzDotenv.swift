import SecretStores
import Secrets

/// Any bytes as a dotenv file in every dialect: read or refused without a trap, and what the strict dialect reads, every other
/// reads alike.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzDotenv(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let text = UnsafeRawBufferPointer(start: start, count: count)
    let answers = DotenvDialect.allCases.map { values(of: text, $0) }
    guard let strict = answers.first ?? nil else { return 0 }
    guard answers.allSatisfy({ $0 == strict }) else { fatalError("the dialects disagree") }
    return 0
}

private func values(of text: UnsafeRawBufferPointer, _ dialect: DotenvDialect) -> [[UInt8]: [UInt8]]? {
    guard let secret = try? SecretBytes(copying: text), let all = try? dialect.assignments(in: secret) else {
        return nil
    }
    var values: [[UInt8]: [UInt8]] = [:]
    for (key, value) in all { values[key] = value?.withExposedBytes { Array($0) } }
    return values
}
