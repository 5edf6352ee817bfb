import Glibc

/// Finds line feeds, carriage returns and escapes one after the other.
///
/// Each has a cursor of its own: the C library looks for one byte many times faster than any loop for three, and of two
/// of them most logs have none.
struct BreakFinder {
    private struct Cursor {
        let byte: Int32
        var place: Int
    }

    private let bytes: UnsafeRawBufferPointer
    private var lineFeed = Cursor(byte: 0x0A, place: -1)
    private var carriageReturn = Cursor(byte: 0x0D, place: -1)
    private var escape = Cursor(byte: 0x1B, place: -1)

    init(_ bytes: UnsafeRawBufferPointer) {
        self.bytes = bytes
        advance(&lineFeed)
        advance(&carriageReturn)
        advance(&escape)
    }

    /// The next place.
    @inline(__always)
    mutating func next() -> Int? {
        let place = min(lineFeed.place, carriageReturn.place, escape.place)
        guard place < bytes.count else { return nil }
        if place == lineFeed.place {
            advance(&lineFeed)
        } else if place == escape.place {
            advance(&escape)
        } else {
            advance(&carriageReturn)
        }
        return place
    }

    /// Moves to the next such byte, or to the end.
    @inline(__always)
    private func advance(_ cursor: inout Cursor) {
        let start = cursor.place + 1
        guard let base = bytes.baseAddress, start < bytes.count else {
            cursor.place = bytes.count
            return
        }
        let found = memchr(base + start, cursor.byte, bytes.count - start)
        cursor.place = found.map { UnsafeRawPointer($0) - base } ?? bytes.count
    }
}
