import Secrets

/// How one writer of XML or HTML puts a text.
struct MarkupWriter {
    /// How it puts `&`, `<`, `>`, `"` and `'`; an empty text leaves one as it is.
    private let names: [StaticString]
    /// The other characters that it does not write as they are.
    private let reference: MarkupReference
    /// What a value has one of if the text is not that of an earlier writer, or the value itself.
    let whereItDiffers: ByteSet

    /// A writer that has names for the special characters, and may refer to further ones by their numbers.
    init(
        _ names: [StaticString],
        _ further: MarkupReference = MarkupReference(to: .empty, .decimal),
        whereItDiffers: ByteSet
    ) {
        (self.names, reference, self.whereItDiffers) = (names, further, whereItDiffers)
    }

    /// A writer that has names for the special characters and refers to further ones.
    init(_ names: [StaticString], _ further: MarkupReference) {
        self.init(names, further, whereItDiffers: further.referred)
    }

    /// A writer that refers to characters by their numbers alone.
    init(_ reference: MarkupReference) {
        self.init(["", "", "", "", ""], reference)
    }

    /// Writes the value.
    func write(_ value: UnsafeRawBufferPointer, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        var rest = value.makeIterator()
        var parser = Unicode.UTF8.ForwardParser()
        while true {
            switch parser.parseScalar(from: &rest) {
            case .valid(let encoded):
                if encoded.contains(where: reference.referred.contains) {
                    try reference.write(Unicode.UTF8.decode(encoded).value, to: &patterns)
                } else {
                    for byte in encoded { try append(byte, to: &patterns) }
                }
            case .error:
                patterns.abandon()
                return try writeBytes(value, to: &patterns)
            case .emptyInput: return patterns.endDerived()
            }
        }
    }

    /// What is not UTF-8 is taken for a text of one byte a character.
    private func writeBytes(
        _ value: UnsafeRawBufferPointer,
        to patterns: inout PatternWriter
    ) throws(SecretMemoryError) {
        for byte in value {
            if reference.referred.contains(byte) {
                try reference.write(UInt32(byte), to: &patterns)
            } else {
                try append(byte, to: &patterns)
            }
        }
        patterns.endDerived()
    }

    private func append(_ byte: UInt8, to patterns: inout PatternWriter) throws(SecretMemoryError) {
        let specials: StaticString = "&<>\"'"
        guard let place = (0..<5).first(where: { specials.utf8Start[$0] == byte }),
            names[place].utf8CodeUnitCount > 0
        else { return try patterns.append(byte) }
        try patterns.append(names[place])
    }
}
