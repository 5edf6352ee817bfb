internal import Diagnostics
internal import Secrets

/// The text of a dotenv file in locked memory, with a cursor.
struct DotenvSource {
    private let text: SecretBytes
    let name: String
    private(set) var offset = 0
    private(set) var line = 1

    /// Takes a text that must be UTF-8 without NUL: libraries damage other bytes or stop at them.
    ///
    /// With `unifiesLineBreaks`, `\r\n` and `\r` become `\n`, as Node's dotenv and Python's text files have it.
    init(_ text: SecretBytes, name: String, unifiesLineBreaks: Bool) throws(Diagnostic) {
        self.name = name
        do {
            self.text = unifiesLineBreaks ? try Self.unified(text) : text
        } catch {
            throw Diagnostic(.secretUnreadable, "there is no memory for `\(name)`")
        }
        guard text.withExposedBytes(Self.isText) else {
            throw Diagnostic(
                .dotenvSyntax,
                "the file is not UTF-8 text, or holds a NUL byte",
                at: .file(name),
                [.help("save it as UTF-8; a value that is not text belongs into a file of its own, read by `file:`")]
            )
        }
    }

    var isAtEnd: Bool { offset >= text.count }

    /// The byte at the cursor, or so many behind it; nil past the end.
    func peek(_ ahead: Int = 0) -> UInt8? { byte(at: offset + ahead) }

    /// The byte at a place in the file; nil outside.
    func byte(at place: Int) -> UInt8? {
        place >= 0 && place < text.count ? text.withExposedBytes { $0[place] } : nil
    }

    /// The character that starts at a place.
    func scalar(at place: Int) -> Unicode.Scalar? {
        guard place < text.count else { return nil }
        return text.withExposedBytes { bytes in
            var decoder = UTF8()
            var iterator = UnsafeRawBufferPointer(rebasing: bytes[place...].prefix(4)).makeIterator()
            guard case .scalarValue(let scalar) = decoder.decode(&iterator) else { return nil }
            return scalar
        }
    }

    /// Moves on; counts the lines on the way.
    mutating func skip(_ count: Int = 1) {
        for _ in 0..<count {
            if peek() == 0x0A { line += 1 }
            offset += 1
        }
    }

    mutating func skip(while condition: (UInt8) -> Bool) {
        while let byte = peek(), condition(byte) { skip() }
    }

    mutating func skip(_ space: DotenvSpace) {
        while let scalar = scalar(at: offset), space.contains(scalar) { skip(UTF8.width(scalar)) }
    }

    mutating func skipLine() { skip { $0 != 0x0A } }

    mutating func skipByteOrderMark() {
        if scalar(at: offset) == "\u{FEFF}" { skip(3) }
    }

    mutating func next() -> UInt8? {
        guard let byte = peek() else { return nil }
        skip()
        return byte
    }

    func starts(with word: String) -> Bool {
        word.utf8.enumerated().allSatisfy { peek($0.offset) == $0.element }
    }

    // MARK: - Ranges

    /// Bytes that are no secret, such as a key.
    func bytes(_ range: Range<Int>) -> [UInt8] {
        text.withExposedBytes { Array($0[range.clamped(to: 0..<text.count)]) }
    }

    /// Bytes that are a secret.
    func secret(_ range: Range<Int>) throws(Diagnostic) -> SecretBytes {
        do {
            return try text.withExposedBytes { bytes throws(SecretMemoryError) in
                try SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[range.clamped(to: 0..<text.count)]))
            }
        } catch {
            throw noMemory
        }
    }

    /// The range without the white space at its end.
    func trimmedEnd(_ range: Range<Int>, _ space: DotenvSpace) -> Range<Int> {
        var end = range.upperBound
        while end > range.lowerBound {
            var start = end - 1
            while start > range.lowerBound, let byte = byte(at: start), byte & 0xC0 == 0x80 { start -= 1 }
            guard let scalar = scalar(at: start), space.contains(scalar) else { break }
            end = start
        }
        return range.lowerBound..<end
    }

    /// The range without the white space at both ends.
    func trimmed(_ range: Range<Int>, _ space: DotenvSpace) -> Range<Int> {
        let range = trimmedEnd(range, space)
        var start = range.lowerBound
        while start < range.upperBound, let scalar = scalar(at: start), space.contains(scalar) {
            start += UTF8.width(scalar)
        }
        return start..<range.upperBound
    }

    /// Whether U+2028 or U+2029 is in the range, which are line breaks for JavaScript alone.
    func holdsLineSeparator(_ range: Range<Int>) -> Bool {
        range.contains { byte(at: $0) == 0xE2 && (scalar(at: $0) == "\u{2028}" || scalar(at: $0) == "\u{2029}") }
    }

    // MARK: - Text

    private static func isText(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard !bytes.contains(0) else { return false }
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        while true {
            switch decoder.decode(&iterator) {
            case .scalarValue: continue
            case .emptyInput: return true
            case .error: return false
            }
        }
    }

    private static func unified(_ text: SecretBytes) throws(SecretMemoryError) -> SecretBytes {
        guard text.withExposedBytes({ $0.contains(0x0D) }) else { return text }
        var buffer = try SecretBuffer(capacity: text.count)
        try text.withExposedBytes { bytes throws(SecretMemoryError) in
            for (index, byte) in bytes.enumerated() {
                if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
                try buffer.append(byte == 0x0D ? 0x0A : byte)
            }
        }
        return buffer.finish()
    }
}
