/// Walks through the inside of a string, one character at a time, and checks every byte on the way.
struct JSONStringCursor {
    /// Up to four bytes of UTF-8: one character of the decoded string.
    struct Unit {
        private var packed: UInt32 = 0
        private(set) var count = 0

        subscript(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: packed >> UInt32(8 * index)) }

        mutating func append(_ byte: UInt8) {
            packed |= UInt32(byte) << UInt32(8 * count)
            count += 1
        }
    }

    private let text: UnsafeRawBufferPointer
    private let end: Int
    private(set) var offset: Int

    init(text: UnsafeRawBufferPointer, offset: Int, end: Int) {
        self.text = text
        self.offset = offset
        self.end = end
    }

    /// The next character, or nil at the closing quote or at the end.
    mutating func next() throws(JSONError) -> Unit? {
        guard offset < end else { return nil }
        let byte = text[offset]
        switch byte {
        case UInt8(ascii: "\""): return nil
        case UInt8(ascii: "\\"): return try escape()
        case 0..<0x20: throw JSONError(code: .controlCharacter, offset: offset)
        default: return try utf8(leading: byte)
        }
    }

    /// Goes over the characters from here on that stand for themselves and are one byte long, and says how many.
    mutating func skipPlain() -> Int {
        let start = offset
        while offset < end, Self.isPlain(text[offset]) { offset += 1 }
        return offset - start
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        byte >= 0x20 && byte < 0x80 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
    }

    /// RFC 3629, section 4: no overlong forms, no surrogates, nothing above U+10FFFF.
    private mutating func utf8(leading byte: UInt8) throws(JSONError) -> Unit {
        var unit = Unit()
        let (length, second) = Self.shape(of: byte)
        guard length > 0, offset + length <= end else { throw JSONError(code: .invalidUTF8, offset: offset) }
        unit.append(byte)
        for index in 1..<max(length, 1) {
            let next = text[offset + index]
            guard index == 1 ? second.contains(next) : (0x80...0xBF).contains(next) else {
                throw JSONError(code: .invalidUTF8, offset: offset + index)
            }
            unit.append(next)
        }
        offset += length
        return unit
    }

    /// How long a character is by its first byte, and what its second byte may be; length 0 for no first byte.
    private static func shape(of byte: UInt8) -> (Int, ClosedRange<UInt8>) {
        switch byte {
        case 0..<0x80: (1, 0x80...0xBF)
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: (0, 0x80...0xBF)
        }
    }

    private mutating func escape() throws(JSONError) -> Unit {
        let start = offset
        guard offset + 1 < end else { throw JSONError(code: .unexpectedEnd, offset: offset) }
        let letter = text[offset + 1]
        offset += 2
        guard letter != UInt8(ascii: "u") else { return try unicodeEscape(from: start) }
        guard let byte = Self.short(letter) else { throw JSONError(code: .malformedEscape, offset: start) }
        var unit = Unit()
        unit.append(byte)
        return unit
    }

    private static func short(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    private mutating func unicodeEscape(from start: Int) throws(JSONError) -> Unit {
        let first = try fourHexDigits(from: start)
        guard (0xD800...0xDFFF).contains(first) else { return try encoded(first, from: start) }
        guard first < 0xDC00, offset + 1 < end, text[offset] == UInt8(ascii: "\\"),
            text[offset + 1] == UInt8(ascii: "u")
        else { throw JSONError(code: .loneSurrogate, offset: start) }
        offset += 2
        let second = try fourHexDigits(from: start)
        guard (0xDC00...0xDFFF).contains(second) else { throw JSONError(code: .loneSurrogate, offset: start) }
        return try encoded(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00), from: start)
    }

    private mutating func fourHexDigits(from start: Int) throws(JSONError) -> UInt32 {
        guard offset + 4 <= end else { throw JSONError(code: .unexpectedEnd, offset: start) }
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let digit = Self.hexValue(text[offset]) else {
                throw JSONError(code: .malformedEscape, offset: start)
            }
            value = value << 4 | digit
            offset += 1
        }
        return value
    }

    private static func hexValue(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }

    private func encoded(_ value: UInt32, from start: Int) throws(JSONError) -> Unit {
        guard let scalar = Unicode.Scalar(value) else { throw JSONError(code: .loneSurrogate, offset: start) }
        var unit = Unit()
        for byte in UTF8.encode(scalar) ?? .init() { unit.append(byte) }
        return unit
    }
}
