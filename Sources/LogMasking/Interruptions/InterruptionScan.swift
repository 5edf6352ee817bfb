/// What may stand between two bytes of a pattern: terminal escapes, line breaks, and the white space behind a break.
enum InterruptionScan {
    /// What a place is the beginning of.
    enum Result {
        /// Something that ends before this place, and whether white space is in it; it may be nothing.
        case end(Int, hasSpace: Bool)
        /// Something whose end is not there yet.
        case unfinished
        /// Something too long.
        case tooLong
    }

    /// The byte that starts a terminal escape.
    static let escape: UInt8 = 0x1B
    /// The most bytes that may stand between two.
    static let longest = 256

    /// Reads what stands at `start`; where the pattern itself has white space, any is allowed.
    static func read(_ bytes: UnsafeRawBufferPointer, from start: Int, inGap: Bool) -> Result {
        var place = start
        var (allowsSpace, hasSpace) = (inGap, false)
        while place < bytes.count, place - start <= longest {
            switch bytes[place] {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"): allowsSpace = true
            case UInt8(ascii: " ") where allowsSpace, UInt8(ascii: "\t") where allowsSpace: break
            case escape:
                guard let end = escapeEnd(bytes, from: place + 1, before: start + longest + 1) else {
                    return .end(place, hasSpace: hasSpace)
                }
                place = end
                continue
            default: return .end(place, hasSpace: hasSpace)
            }
            hasSpace = true
            place += 1
        }
        return place - start > longest ? .tooLong : .unfinished
    }

    /// The next bytes from `place` on that are part of no interruption, the first in the lowest bits; nil where there are
    /// not as many, or something too long stands between them.
    static func nextBytes(_ count: Int, in bytes: UnsafeRawBufferPointer, from place: Int) -> UInt32? {
        var (place, next) = (place, UInt32(0))
        for index in 0..<count {
            if place < bytes.count, startsInterruption(bytes[place]) {
                guard case .end(let end, _) = read(bytes, from: place, inGap: false) else { return nil }
                place = end
            }
            guard place < bytes.count else { return nil }
            next |= UInt32(bytes[place]) << UInt32(8 * index)
            place += 1
        }
        return next
    }

    /// Whether an interruption that stands in no white space of the pattern may start with the byte.
    static func startsInterruption(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") || byte == escape
    }

    /// The place behind an escape sequence, or behind all bytes where it is not complete; nil where it is none.
    ///
    /// ECMA-48, sections 5.3 and 5.4: `ESC I… F` and `ESC [ P… I… F`. Those that carry a text are none.
    private static func escapeEnd(_ bytes: UnsafeRawBufferPointer, from start: Int, before limit: Int) -> Int? {
        var place = start
        let end = min(bytes.count, limit)
        guard place < end else { return end }
        let isControl = bytes[place] == UInt8(ascii: "[")
        if isControl {
            place += 1
            while place < end, (0x30...0x3F).contains(bytes[place]) { place += 1 }
        }
        while place < end, (0x20...0x2F).contains(bytes[place]) { place += 1 }
        guard place < end else { return end }
        if isControl { return (0x40...0x7E).contains(bytes[place]) ? place + 1 : nil }
        return (0x30...0x7E).contains(bytes[place]) && !carriesText(bytes[place]) ? place + 1 : nil
    }

    /// Whether `ESC` and this byte start a text: DCS, SOS, OSC, PM and APC.
    private static func carriesText(_ byte: UInt8) -> Bool {
        [UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "]"), UInt8(ascii: "^"), UInt8(ascii: "_")].contains(byte)
    }
}
