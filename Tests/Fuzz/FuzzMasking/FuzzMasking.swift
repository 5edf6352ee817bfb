import InjectTesting
import LogMasking

/// Cuts the input into patterns, a text and writes, and compares the masker with the oracle.
///
/// The first byte: how many patterns (low two bits) and after how many bytes the next write ends (the rest). Then each
/// pattern: its length (low four bits), how it may be interrupted (the next two) and its bytes. The text is what remains.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzMasking(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    var rest = UnsafeBufferPointer(start: start, count: count)[...]
    guard let head = rest.popFirst() else { return 0 }
    var patterns: [(bytes: [UInt8], kind: Int)] = []
    for _ in 0...head & 3 {
        guard let length = rest.popFirst() else { break }
        let bytes = Array(rest.prefix(Int(length & 15)))
        // No value that may be interrupted has white space around it.
        let isTrimmed = [bytes.first, bytes.last].allSatisfy { $0.map { $0 > 0x20 } ?? true }
        patterns.append((bytes, isTrimmed ? min(Int(length >> 4 & 3), 2) : 0))
        rest = rest.dropFirst(Int(length & 15))
    }
    compare(patterns, text: Array(rest.prefix(512)), step: Int(head >> 2) + 1)
    return 0
}

private let interruptions: [(Interruption, NaivePattern.Interruption)] = [
    (.none, .none), (.afterHead, .afterHead), (.anywhere, .anywhere),
]

private func compare(_ patterns: [(bytes: [UInt8], kind: Int)], text: [UInt8], step: Int) {
    let named = patterns.enumerated().map { (String($0.offset), $0.element.bytes, interruptions[$0.element.kind]) }
    let oracle = NaiveMasker(named.map { NaivePattern(name: $0, bytes: $1, interruption: $2.1) })
    guard let raw = try? MaskPatterns(raw: named.map { RawPattern(name: $0, bytes: $1, interruption: $2.0) }),
        var masker = try? StreamMasker(raw)
    else { return }
    var output: [UInt8] = []
    for start in stride(from: 0, to: text.count, by: step) {
        let end = min(start + step, text.count)
        text[start..<end].withUnsafeBytes { piece in masker.write(piece) { output += $0 } }
        guard masker.heldCount == oracle.heldCount(after: Array(text[..<end])) else { fatalError("held back") }
    }
    masker.finish { output += $0 }
    let expected = oracle.result(of: text)
    guard output == expected.output else { fatalError("output") }
    guard masker.report.entries.map(\.count) == expected.counts.map(\.count),
        masker.report.entries.map(\.firstLine) == expected.counts.map(\.firstLine)
    else { fatalError("report") }
}
