internal import Diagnostics
internal import Secrets

/// The text of a dotenv file in locked memory, with a cursor and the words for what is wrong with it.
///
/// CRLF has become LF, as in all dialects.
struct DotenvSource {
    private let text: SecretBytes
    let name: String
    private(set) var offset = 0
    private(set) var line = 1

    init(_ text: SecretBytes, name: String) throws(Diagnostic) {
        self.name = name
        do {
            self.text = try Self.normalized(text)
        } catch {
            throw Diagnostic(.secretUnreadable, "there is no memory for `\(name)`")
        }
        if self.text.withExposedBytes({ $0.contains(0) }) {
            throw Diagnostic(.dotenvSyntax, "the file holds a NUL byte", at: .file(name))
        }
    }

    var isAtEnd: Bool { offset >= text.count }

    /// The byte at the cursor, or so many behind it; nil past the end.
    func peek(_ ahead: Int = 0) -> UInt8? {
        let place = offset + ahead
        return place < text.count ? text.withExposedBytes { $0[place] } : nil
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

    mutating func next() -> UInt8? {
        guard let byte = peek() else { return nil }
        skip()
        return byte
    }

    func starts(with word: String) -> Bool {
        word.utf8.enumerated().allSatisfy { peek($0.offset) == $0.element }
    }

    /// The end of the line at the cursor.
    var endOfLine: Int {
        text.withExposedBytes { bytes in bytes[offset...].firstIndex(of: 0x0A) ?? bytes.count }
    }

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

    /// Where the value of a range begins and ends once white space around it is left out.
    func trimmed(_ range: Range<Int>) -> Range<Int> {
        var range = range.clamped(to: 0..<text.count)
        text.withExposedBytes { bytes in
            let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
            while let first = range.first, isSpace(bytes[first]) { range = range.dropFirst() }
            while let last = range.last, isSpace(bytes[last]) { range = range.dropLast() }
        }
        return range
    }

    var noMemory: Diagnostic { Diagnostic(.secretUnreadable, "there is no memory for `\(name)`") }

    func failure(
        _ message: String,
        _ id: Diagnostic.ID = .dotenvSyntax,
        key: [UInt8]? = nil,
        line: Int? = nil,
        help: String
    ) -> Diagnostic {
        let subject = key.map { "`\(String(decoding: $0, as: UTF8.self))`: " } ?? ""
        return Diagnostic(id, subject + message, at: .line(file: name, line: line ?? self.line), [.help(help)])
    }

    private static func normalized(_ text: SecretBytes) throws(SecretMemoryError) -> SecretBytes {
        let hasReturns = text.withExposedBytes { $0.contains(0x0D) }
        guard hasReturns else { return text }
        var buffer = try SecretBuffer(capacity: text.count)
        try text.withExposedBytes { bytes throws(SecretMemoryError) in
            for (index, byte) in bytes.enumerated() {
                if byte == 0x0D, index + 1 < bytes.count, bytes[index + 1] == 0x0A { continue }
                try buffer.append(byte)
            }
        }
        return buffer.finish()
    }
}
