/// The characters of a value that is UTF-8 and has one outside ASCII, each as its bytes.
struct ValueCharacters: Sequence, IteratorProtocol {
    private let value: UnsafeRawBufferPointer
    private var rest: UnsafeRawBufferPointer.Iterator
    private var parser = Unicode.UTF8.ForwardParser()
    private var offset = 0

    /// Nil where each character is a byte, or the value is no UTF-8.
    init?(_ value: UnsafeRawBufferPointer, present: ByteSet) {
        self.value = value
        rest = value.makeIterator()
        guard present.meets(.wide), isUTF8 else { return nil }
    }

    /// The next character; nil at the end.
    mutating func next() -> UnsafeRawBufferPointer? {
        guard case .valid(let encoded) = parser.parseScalar(from: &rest) else { return nil }
        defer { offset += encoded.count }
        return UnsafeRawBufferPointer(rebasing: value[offset..<offset + encoded.count])
    }

    private var isUTF8: Bool { reduce(0) { $0 + $1.count } == value.count }
}
