/// The lines of a value, which end at LF, CRLF or CR, without their ends.
struct ValueLines: Sequence, IteratorProtocol {
    private let value: UnsafeRawBufferPointer
    private var rest: Int? = 0

    init(_ value: UnsafeRawBufferPointer) { self.value = value }

    /// The next line, empty ones included; nil after the last.
    mutating func next() -> UnsafeRawBufferPointer? {
        guard let start = rest else { return nil }
        let end = value[start...].firstIndex { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") }
        rest = end.map { isPair(at: $0) ? $0 + 2 : $0 + 1 }
        return UnsafeRawBufferPointer(rebasing: value[start..<(end ?? value.count)])
    }

    private func isPair(at index: Int) -> Bool {
        value[index] == UInt8(ascii: "\r") && index + 1 < value.count && value[index + 1] == UInt8(ascii: "\n")
    }
}
