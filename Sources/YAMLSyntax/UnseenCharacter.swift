/// Characters that a reviewer cannot see, or that let a line read differently from what it says.
enum UnseenCharacter {
    /// Whether the character steers a terminal, breaks a line for some readers only, or reorders the text around it.
    ///
    /// A line feed is one of them: inside a value it would start a line of its own in a log. The bidirectional controls
    /// are those of Unicode Technical Standard 55, "Source code handling".
    static func contains(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00..<0x20, 0x7F..<0xA0: true
        case 0x061C, 0x200E, 0x200F, 0x2028...0x202E, 0x2066...0x2069, 0xFEFF, 0xFFFE, 0xFFFF: true
        default: false
        }
    }

    /// The character as a message names it, such as `U+202E`.
    static func name(of scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(4 - digits.count, 0)) + digits
    }
}
