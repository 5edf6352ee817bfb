import Secrets

/// How one language writes a string the way its source code would, without the quotes around it.
struct SourceEscaping: Sendable {
    /// What happens to characters outside ASCII.
    enum Wide {
        /// They stay; bytes that are no UTF-8 are `\xNN`.
        case kept
        /// `\xNN` for each byte.
        case bytes
        /// `\uNNNN` or `\UNNNNNNNN`, and `\xNN` below U+0100 where `shortens`.
        case scalars(shortens: Bool)
    }

    /// Characters that get a backslash before them.
    let backslashed: ByteSet
    /// The letters for the characters from 0x07 to 0x0D; `x` where there is none.
    let letters: StaticString
    let wide: Wide
    /// Whether numbers have upper-case digits.
    var upperCase = false

    /// The bytes that are written in another way.
    private var changed: ByteSet {
        // Where other characters stay, a byte that is no UTF-8 is still written as its number.
        backslashed.union(.controls).union(.delete).union(.wide)
    }

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard patterns.present.meets(changed) else { return }
        var rest = value.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        var offset = 0
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                let bytes = UnsafeRawBufferPointer(rebasing: value[offset..<offset + encoded.count])
                try append(Unicode.UTF8.decode(encoded), bytes, to: &patterns)
                offset += encoded.count
            case .error(let length):
                for byte in value[offset..<offset + length] { try append(code: byte, to: &patterns) }
                offset += length
            case .emptyInput: return patterns.endDerived()
            }
        }
    }

    private func append(
        _ scalar: Unicode.Scalar,
        _ bytes: UnsafeRawBufferPointer,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        guard !scalar.isASCII else { return try append(bytes[0], to: &patterns) }
        switch wide {
        case .kept: try patterns.append(bytes)
        case .bytes: for byte in bytes { try append(code: byte, to: &patterns) }
        case .scalars(true) where scalar.value < 0x100:
            try append(code: UInt8(truncatingIfNeeded: scalar.value), to: &patterns)
        case .scalars:
            let isShort = scalar.value < 0x10000
            try patterns.append(isShort ? #"\u"# : #"\U"#)
            try patterns.append(scalar.value, digits: isShort ? 4 : 8, bits: 4, upperCase: upperCase)
        }
    }

    private func append(_ byte: UInt8, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        if backslashed.contains(byte) {
            try patterns.append(UInt8(ascii: "\\"))
            return try patterns.append(byte)
        }
        guard byte < 0x20 || byte == 0x7F else { return try patterns.append(byte) }
        let letter = (0x07...0x0D).contains(byte) ? letters.utf8Start[Int(byte) - 7] : UInt8(ascii: "x")
        guard letter != UInt8(ascii: "x") else { return try append(code: byte, to: &patterns) }
        try patterns.append(UInt8(ascii: "\\"))
        try patterns.append(letter)
    }

    private func append(code byte: UInt8, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        try patterns.append(#"\x"#)
        try patterns.append(UInt32(byte), digits: 2, bits: 4, upperCase: upperCase)
    }
}
