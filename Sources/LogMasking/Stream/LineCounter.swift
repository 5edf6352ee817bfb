internal import CByteBlocks

/// Counts the lines of the output: this runs over every byte that is shown.
struct LineCounter {
    /// The line that is being written, from 1.
    private(set) var line = 1

    /// Takes note of bytes that were written.
    mutating func advance(over bytes: UnsafeRawBufferPointer) {
        guard let base = bytes.baseAddress else { return }
        line += inject_count_of_byte(base, bytes.count, UInt8(ascii: "\n"))
    }
}
