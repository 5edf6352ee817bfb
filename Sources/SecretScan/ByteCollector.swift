/// Collects as many bytes of a stream as a header has.
struct ByteCollector {
    private(set) var bytes: [UInt8] = []

    /// Takes bytes from the front until there are `count`; false where there are too few.
    mutating func collect(_ count: Int, from rest: inout UnsafeRawBufferPointer) -> Bool {
        let taken = min(max(count - bytes.count, 0), rest.count)
        bytes += rest[..<taken]
        rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
        return bytes.count >= count
    }

    /// Returns the bytes and forgets them.
    mutating func take() -> [UInt8] {
        defer { bytes = [] }
        return bytes
    }

    /// Forgets the first `count` bytes.
    mutating func drop(_ count: Int) { bytes.removeFirst(min(count, bytes.count)) }
}
