import Secrets

/// Collects the texts to look for, one behind the other in secret pages.
struct PatternWriter: ~Copyable {
    private var pages: SecretBuffer
    private(set) var entries: [PatternEntry] = []
    private var start = 0
    /// Whom the patterns that follow are credited to.
    var credit = PatternCredit(name: 0, form: 0)
    /// The bytes that the value of the patterns that follow has.
    var present = ByteSet.all
    /// How the patterns that follow may be interrupted.
    var interruption = Interruption.none

    init() throws(SecretMemoryError) {
        pages = try SecretBuffer()
    }

    /// Adds a byte to the pattern under way.
    mutating func append(_ byte: UInt8) throws(SecretMemoryError) {
        try pages.append(byte)
    }

    /// Adds bytes to the pattern under way.
    mutating func append(_ bytes: UnsafeRawBufferPointer) throws(SecretMemoryError) {
        try pages.append(bytes)
    }

    /// Adds bytes that are made one by one.
    mutating func append(contentsOf bytes: some Sequence<UInt8>) throws(SecretMemoryError) {
        var rest = bytes.makeIterator()
        while try fill(from: &rest) {}
    }

    /// Adds up to a line's worth of bytes; false where there were no more.
    private mutating func fill(from rest: inout some IteratorProtocol<UInt8>) throws(SecretMemoryError) -> Bool {
        let capacity = 64
        let filled = try pages.appendUninitialized(capacity: capacity) { room in
            var count = 0
            while count < capacity, let byte = rest.next() {
                room[count] = byte
                count += 1
            }
            return count
        }
        return filled == capacity
    }

    /// Adds text that is part of an encoding, such as `\n`.
    mutating func append(_ text: StaticString) throws(SecretMemoryError) {
        try pages.append(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Adds `digits` digits of `value` to the base 2^`bits`.
    mutating func append(_ value: UInt32, digits: Int, bits: UInt32, upperCase: Bool) throws(SecretMemoryError) {
        for place in stride(from: UInt32(digits) * bits, to: 0, by: -Int(bits)) {
            let digit = UInt8(truncatingIfNeeded: value >> (place - bits)) & (1 << UInt8(bits) - 1)
            let letters = UInt8(ascii: upperCase ? "A" : "a")
            try pages.append(digit < 10 ? UInt8(ascii: "0") + digit : letters + digit - 10)
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
        guard pages.count - start >= minimum else { return pages.truncate(to: start) }
        entries.append(PatternEntry(range: start..<pages.count, credit: credit, interruption: interruption))
        start = pages.count
    }

    /// Forgets the pattern under way.
    mutating func abandon() { pages.truncate(to: start) }

    /// Ends the writing.
    consuming func finish() -> (pages: SecretBytes, entries: [PatternEntry]) {
        let entries = entries
        return (pages.finish(), entries)
    }
}
