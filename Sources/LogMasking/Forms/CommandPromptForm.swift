import Secrets

/// Windows' `cmd` with carets: `a&b|c` is `a^&b^|c`, and in a batch file `%` is `%%`.
struct CommandPromptForm: MaskForm {
    let name = "cmd"

    private static let careted = ByteSet("&|<>^()\"!")
    private static let changed = careted.union(ByteSet("%"))

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard patterns.present.meets(Self.changed) else { return }
        for doublesPercent in [false, true] {
            for byte in value {
                if Self.careted.contains(byte) { try patterns.append(UInt8(ascii: "^")) }
                if doublesPercent, byte == UInt8(ascii: "%") { try patterns.append(byte) }
                try patterns.append(byte)
            }
            patterns.endDerived()
        }
    }
}
