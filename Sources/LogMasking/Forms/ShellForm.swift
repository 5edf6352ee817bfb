import Secrets

/// The value as a word that a shell would read back, without the quotes around it.
///
/// Inside single quotes a value without `'` stands as it is, so only what has to be escaped makes a pattern of its own.
struct ShellForm: MaskForm {
    let name = "shell"

    /// What bash's `printf %q` puts a backslash before.
    private static let backslashed = ByteSet(" \t'\"\\|&;()<>!{}*[]?^$`,")

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        try writeQuoted(value, to: &patterns)
        try printfQuoted(value, to: &patterns)
        for escapesAll in [false, true] { try dollarQuoted(value, escapesAll: escapesAll, to: &patterns) }
    }

    /// Writes the inside of quotes that can have line ends in them.
    func writeQuoted(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        // POSIX.1-2017 XCU, section 2.2.2: bash's `set -x` and `${name@Q}`; Python's `shlex.quote`.
        if patterns.present.contains(UInt8(ascii: "'")) {
            try spliced(value, with: #"'\''"#, to: &patterns)
            try spliced(value, with: #"'"'"'"#, to: &patterns)
        }
        // Section 2.2.3, inside double quotes, and what escapes the double quote alone.
        try escaped(value, ByteSet("\"\\$`"), to: &patterns)
        try escaped(value, ByteSet("\"\\"), to: &patterns)
        try escaped(value, ByteSet("\""), to: &patterns)
    }

    private func spliced(
        _ value: UnsafeRawBufferPointer,
        with splice: StaticString,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        for byte in value {
            if byte == UInt8(ascii: "'") { try patterns.append(splice) } else { try patterns.append(byte) }
        }
        patterns.endDerived()
    }

    /// bash's `printf %q`, as in its `sh_backslash_quote`.
    ///
    /// It also escapes `#` and `~` at the start of a word, where the pattern without that backslash matches as well.
    private func printfQuoted(
        _ value: UnsafeRawBufferPointer,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        guard patterns.present.meets(Self.backslashed.union(ByteSet("~"))) else { return }
        var previous: UInt8 = 0
        for byte in value {
            let isHome = byte == UInt8(ascii: "~") && (previous == UInt8(ascii: ":") || previous == UInt8(ascii: "="))
            if isHome || Self.backslashed.contains(byte) { try patterns.append(UInt8(ascii: "\\")) }
            try patterns.append(byte)
            previous = byte
        }
        patterns.endDerived()
    }

    private func escaped(
        _ value: UnsafeRawBufferPointer,
        _ set: ByteSet,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        guard patterns.present.meets(set) else { return }
        for byte in value {
            if set.contains(byte) { try patterns.append(UInt8(ascii: "\\")) }
            try patterns.append(byte)
        }
        patterns.endDerived()
    }

    /// `$'…'`; bytes from 0x80 are octal in the C locale and themselves in a UTF-8 one.
    private func dollarQuoted(
        _ value: UnsafeRawBufferPointer,
        escapesAll: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        let changed = ByteSet("'\\").union(.controls).union(.delete).union(escapesAll ? .wide : .empty)
        guard patterns.present.meets(changed) else { return }
        for byte in value {
            if let letter = Self.letter(byte) {
                try patterns.append(UInt8(ascii: "\\"))
                try patterns.append(letter)
            } else if byte < 0x20 || byte == 0x7F || (escapesAll && byte >= 0x80) {
                try patterns.append(UInt8(ascii: "\\"))
                try patterns.append(UInt32(byte), digits: 3, bits: 3, upperCase: false)
            } else {
                try patterns.append(byte)
            }
        }
        patterns.endDerived()
    }

    private static func letter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "'"), UInt8(ascii: "\\"): byte
        case 0x1B: UInt8(ascii: "E")
        default: ControlLetter.of(byte)
        }
    }
}
