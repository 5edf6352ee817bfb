import Secrets

/// A value in a file of properties, as Java's `Properties.store` writes it: `https://h` is `https\://h`.
struct PropertiesForm: MaskForm {
    let name = "properties"

    private static let backslashed = ByteSet(":=#!\\")
    private static let coded = ByteSet.controls.union(.delete).union(.wide)

    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        guard patterns.present.meets(Self.backslashed.union(Self.coded)) else { return }
        // To a stream everything is ASCII, to a writer nothing has a number.
        for hasCodes in patterns.present.meets(Self.coded) ? [true, false] : [false] {
            var rest = value.makeIterator()
            var parser = Unicode.UTF8.ForwardParser()
            loop: while true {
                switch parser.parseScalar(from: &rest) {
                case .valid(let encoded): try append(encoded, hasCodes: hasCodes, to: &patterns)
                // What is not UTF-8 is no text that could be written like this.
                case .error: return patterns.abandon()
                case .emptyInput: break loop
                }
            }
            patterns.endDerived()
        }
    }

    private func append(
        _ encoded: Unicode.UTF8.EncodedScalar,
        hasCodes: Bool,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        let scalar = Unicode.UTF8.decode(encoded)
        let byte = UInt8(truncatingIfNeeded: scalar.value)
        if scalar.isASCII, let letter = Self.letter(byte) {
            try patterns.append(UInt8(ascii: "\\"))
            return try patterns.append(letter)
        }
        let isPlain = (0x20..<0x7F).contains(scalar.value)
        guard hasCodes, !isPlain else { return try patterns.append(contentsOf: encoded) }
        for unit in Unicode.UTF16.encode(scalar) ?? .init() {
            try patterns.append(#"\u"#)
            try patterns.append(UInt32(unit), digits: 4, bits: 4, upperCase: true)
        }
    }

    /// What stands behind a backslash.
    private static func letter(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0C: ControlLetter.of(byte)
        default: backslashed.contains(byte) ? byte : nil
        }
    }
}
