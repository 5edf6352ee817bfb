import Secrets

/// Base64 (RFC 4648, sections 4 and 5) of any text around the value.
///
/// The value may start at any of the three places of a group. Only the characters whose six bits all come from the
/// value are searched for, so it does not matter what stands before and after; of the value's first and last byte up
/// to four bits each can remain in sight. Where the text ends with the value, the last character and its padding are
/// known as well and go with it.
struct Base64Form: MaskForm {
    static let standard = Base64Form(name: "base64", alphabet: .standard, whereItDiffers: .all)
    static let urlSafe = Base64Form(name: "base64url", alphabet: .urlSafe, whereItDiffers: .base64Last)

    let name: String
    let interruption = Interruption.afterHead
    let alphabet: Base64Alphabet
    /// What a value has one of if its encoding is not that of an earlier form.
    let whereItDiffers: ByteSet

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard patterns.present.meets(whereItDiffers) else { return }
        for offset in 0..<3 {
            let padding = (3 - (offset + value.count) % 3) % 3
            let core = Base64Core(text: value, offset: offset, alphabet: alphabet)
            try patterns.append(contentsOf: core)
            patterns.endDerived()
            guard padding > 0 else { continue }
            for equalsSigns in [0, padding] {
                try patterns.append(contentsOf: core)
                try patterns.append(core.end)
                for _ in 0..<equalsSigns { try patterns.append(UInt8(ascii: "=")) }
                patterns.endDerived()
            }
        }
    }
}
