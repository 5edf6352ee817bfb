import LogMasking
import Secrets

/// Runs the masker the way the tests need it.
enum Masking {
    static func secret(_ bytes: some Sequence<UInt8>) throws -> SecretBytes {
        try Array(bytes).withUnsafeBytes { try SecretBytes(copying: $0) }
    }

    static func values(_ texts: [[UInt8]]) throws -> [MaskedValue] {
        try texts.enumerated().map { MaskedValue(name: "S\($0.offset)", value: try secret($0.element)) }
    }

    static func patterns(_ secrets: String...) throws -> MaskPatterns {
        try MaskPatterns(values(secrets.map { Array($0.utf8) }))
    }

    /// The output and the report for a text in these pieces.
    static func run(_ patterns: MaskPatterns, _ pieces: [[UInt8]]) throws -> (output: [UInt8], report: MaskReport) {
        var masker = try StreamMasker(patterns)
        var output: [UInt8] = []
        for piece in pieces { try piece.withUnsafeBytes { try masker.write($0) { output += $0 } } }
        masker.finish { output += $0 }
        return (output, masker.report)
    }

    static func text(_ patterns: MaskPatterns, _ text: String) throws -> String {
        String(decoding: try run(patterns, [Array(text.utf8)]).output, as: UTF8.self)
    }
}
