/// Bytes that stand in one place and are searched together.
struct SearchRegion {
    let bytes: UnsafeRawBufferPointer
    /// The offset of the first byte from the start of the stream.
    let offset: Int
    /// Occurrences have to start before this place; the next region finds the others.
    let limit: Int
    /// Whether the stream goes on behind the region in a way that is not known yet.
    let isOpen: Bool

    /// How many of the bytes an occurrence can reach that is no longer than `longest` and starts before the limit.
    func reach(_ longest: Int) -> Int { min(bytes.count, limit + longest) }

    /// The bytes from one place to the end.
    func tail(from place: Int) -> UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes[place...]) }
}
