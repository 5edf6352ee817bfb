import InjectTesting
import LogMasking
import Secrets

/// What a masker made of a stream.
struct Masking: Hashable {
    var output: [UInt8] = []
    var report = MaskReport(entries: [])

    var text: String { String(decoding: output, as: UTF8.self) }

    /// What a fresh masker makes of a stream that comes in these pieces.
    init(_ patterns: MaskPatterns, _ pieces: [ArraySlice<UInt8>], prefersAutomaton: Bool = false) throws {
        var masker = try StreamMasker(patterns, prefersAutomaton: prefersAutomaton)
        for piece in pieces { masker.write(piece, to: &output) }
        masker.finish(to: &output)
        report = masker.report
    }

    /// What a fresh masker makes of one text under the names `A`, `B` and so on.
    init(_ values: [String], _ text: String, options: MaskOptions = MaskOptions()) throws {
        try self.init(MaskPatterns(named(values), options: options), [Array(text.utf8)[...]])
    }

    /// What the oracle says.
    init(_ result: NaiveMasker.Result) {
        output = result.output
        report = MaskReport(
            entries: result.counts.map {
                .init(name: $0.name, count: $0.count, form: $0.form, firstLine: $0.firstLine)
            }
        )
    }
}

extension StreamMasker {
    mutating func write(_ piece: ArraySlice<UInt8>, to output: inout [UInt8]) {
        piece.withUnsafeBytes { bytes in write(bytes) { output += $0 } }
    }

    mutating func finish(to output: inout [UInt8]) {
        finish { output += $0 }
    }
}

extension MaskedValue {
    init(_ name: String, _ value: some Sequence<UInt8>) throws {
        self.init(name: name, value: try Array(value).withUnsafeBytes { try SecretBytes(copying: $0) })
    }
}

/// Values under the names `A`, `B` and so on.
func named(_ values: [String]) throws -> [MaskedValue] {
    try zip("ABCDEFGH", values).map { try MaskedValue(String($0), $1.utf8) }
}

/// One value's patterns.
func patterns(of value: some Sequence<UInt8>) throws -> MaskPatterns {
    try MaskPatterns([MaskedValue("A", value)])
}

/// Every way to cut a text into three pieces, empty ones included; cuts into two are among them.
func threePieces(_ text: [UInt8]) -> [[ArraySlice<UInt8>]] {
    (0...text.count).flatMap { second in
        (0...second).map { first in [text[..<first], text[first..<second], text[second...]] }
    }
}

/// Random cuts, with empty pieces among them.
func pieces(_ text: [UInt8], _ random: inout SeededRandom) -> [ArraySlice<UInt8>] {
    let cuts = (0..<random.below(6)).map { _ in random.below(text.count + 1) }.sorted()
    return zip([0] + cuts, cuts + [text.count]).map { text[$0..<$1] }
}

/// Every text over the letters `a` and `b` of a length.
func texts(ofLength length: Int) -> [[UInt8]] {
    (0..<1 << length).map { number in (0..<length).map { UInt8(ascii: "a") + UInt8(number >> $0 & 1) } }
}
