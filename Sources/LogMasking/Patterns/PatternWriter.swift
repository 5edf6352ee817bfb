import Secrets

/// Collects the texts to look for, one behind the other in secret pages.
struct PatternWriter: ~Copyable {
    private var pages: SecretBuffer
    /// The room behind what `pages` counts as written, and how much of it is written as well.
    private var room: UnsafeMutableRawBufferPointer
    private var written = 0
    private(set) var entries: [PatternEntry] = []
    private var start = 0
    /// Whom the patterns that follow are credited to.
    var credit = PatternCredit(name: 0, form: 0)
    /// The bytes that the value of the patterns that follow has.
    var present = ByteSet.all
    /// How the patterns that follow may be interrupted.
    var interruption = Interruption.none

    /// Starts with no pattern and expects those of so many values.
    init(values: Int) throws(SecretMemoryError) {
        pages = try SecretBuffer()
        room = pages.room
        entries.reserveCapacity(Self.usualPatterns * values)
    }

    /// How many patterns a value has, and seldom more.
    private static let usualPatterns = 96

    /// Adds a byte to the pattern under way.
    @inline(__always)
    mutating func append(_ byte: UInt8) throws(SecretMemoryError) {
        if written == room.count { try makeRoom(1) }
        room[written] = byte
        written += 1
    }

    /// Adds bytes to the pattern under way.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(SecretMemoryError) {
        if bytes.count > room.count - written { try makeRoom(bytes.count) }
        UnsafeMutableRawBufferPointer(rebasing: room[written...]).copyMemory(from: bytes)
        written += bytes.count
    }

    /// Adds bytes that are made one by one.
    mutating func append(contentsOf bytes: some Sequence<UInt8>) throws(SecretMemoryError) {
        for byte in bytes { try append(byte) }
    }

    @inline(never)
    private mutating func makeRoom(_ count: Int) throws(SecretMemoryError) {
        claim()
        try pages.reserve(count)
        room = pages.room
    }

    private mutating func claim() {
        pages.claim(written)
        written = 0
    }

    private var count: Int { pages.count + written }

    /// Adds text that is part of an encoding, such as `\n`.
    mutating func append(_ text: StaticString) throws(SecretMemoryError) {
        try append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Adds `digits` digits of `value` to the base 2^`bits`.
    mutating func append(_ value: UInt32, digits: Int, bits: UInt32, upperCase: Bool) throws(SecretMemoryError) {
        for place in stride(from: UInt32(digits) * bits, to: 0, by: -Int(bits)) {
            let digit = UInt8(truncatingIfNeeded: value >> (place - bits)) & (1 << UInt8(bits) - 1)
            let letters = UInt8(ascii: upperCase ? "A" : "a")
            try append(digit < 10 ? UInt8(ascii: "0") + digit : letters + digit - 10)
        }
    }

    /// Ends an encoding or a part of a value: forgotten where it is shorter than a derived pattern may be.
    mutating func endDerived() {
        end(minimum: ValueScreen.minimumDerivedCount)
    }

    /// Ends a pattern that shows the whole value as it is.
    mutating func endWhole() {
        end(minimum: ValueScreen.minimumCount)
    }

    /// Ends a pattern of any length but zero.
    mutating func end(minimum: Int = 1) {
        guard count - start >= minimum else { return abandon() }
        entries.append(PatternEntry(range: start..<count, credit: credit, interruption: interruption))
        start = count
    }

    /// Wipes and forgets the pattern under way.
    mutating func abandon() {
        claim()
        pages.truncate(to: start)
        room = pages.room
    }

    /// Ends the writing.
    consuming func finish() -> (pages: SecretBytes, entries: [PatternEntry]) {
        let entries = entries
        claim()
        return (pages.finish(), entries)
    }
}
