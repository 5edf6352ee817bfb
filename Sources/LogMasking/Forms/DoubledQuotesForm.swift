import Secrets

/// Quotes written twice: SQL and PowerShell double the single one, CSV the double one.
struct DoubledQuotesForm: MaskForm {
    let name = "doubled-quotes"

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        for quote in [UInt8(ascii: "'"), UInt8(ascii: "\"")] where patterns.present.contains(quote) {
            for byte in value {
                if byte == quote { try patterns.append(byte) }
                try patterns.append(byte)
            }
            patterns.endDerived()
        }
    }
}
