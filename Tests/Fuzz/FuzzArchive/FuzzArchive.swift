import LogMasking
import SecretScan
import Secrets

/// Any bytes as an archive, in one piece and in many: no trap, and the same is found.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzArchive(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard count > 0, let first = start?.pointee else { return 0 }
    let content = UnsafeRawBufferPointer(start: start, count: count)
    guard let whole = results(of: content, pieces: count) else { return 0 }
    guard results(of: content, pieces: Int(first) + 1) == whole else { fatalError("the pieces make a difference") }
    return 0
}

private func results(of content: UnsafeRawBufferPointer, pieces size: Int) -> [String]? {
    var results: [String] = []
    guard let value = try? Array("hunter22".utf8).withUnsafeBytes({ try SecretBytes(copying: $0) }),
        let patterns = try? MaskPatterns([MaskedValue(name: "P", value: value)]),
        let search = try? ContentSearch(of: ScanPath("a"), patterns, { results.append("\($0.shown) \($1)") })
    else { return nil }
    for start in stride(from: 0, to: content.count, by: size) {
        let piece = UnsafeRawBufferPointer(rebasing: content[start..<min(start + size, content.count)])
        guard (try? search.write(piece)) != nil else { return nil }
    }
    guard (try? search.finish()) != nil else { return nil }
    return results
}
