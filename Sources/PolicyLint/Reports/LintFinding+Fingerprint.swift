internal import Diagnostics

extension LintFinding {
    /// What stays the same when lines above move: the rule, the file and the line's text, hashed.
    ///
    /// FNV-1a with 64 bits: it tells lines apart and protects nothing, so a line with a secret is not part of it.
    package var fingerprint: String {
        var text = "\(diagnostic.id)\u{0}\(file ?? "")\u{0}"
        if case .span(let span, _) = diagnostic.place {
            text += span.source.text(ofLine: span.line).filter { $0 != " " }
        }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
