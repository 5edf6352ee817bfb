import Secrets

/// How a writer refers to characters by their numbers.
struct MarkupReference {
    /// How the number is written.
    enum Notation {
        case decimal
        case hexadecimal(upperCase: Bool)
    }

    /// The characters that are not written as they are, all those that are not ASCII as one.
    let referred: ByteSet
    private let notation: Notation

    init(to referred: ByteSet, _ notation: Notation) { (self.referred, self.notation) = (referred, notation) }

    /// Writes a reference to one character.
    func write(_ number: UInt32, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        switch notation {
        case .decimal:
            try patterns.append("&#")
            for divisor in [1_000_000, 100_000, 10_000, 1000, 100, 10, 1] as [UInt32] where number >= divisor {
                try patterns.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
            }
        case .hexadecimal(let upperCase):
            let digits = max(1, (35 - number.leadingZeroBitCount) / 4)
            try patterns.append("&#x")
            try patterns.append(number, digits: digits, bits: 4, upperCase: upperCase)
        }
        try patterns.append(UInt8(ascii: ";"))
    }
}
