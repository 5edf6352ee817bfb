/// The places of a text at which grams are looked up: one of `stride`, since a pattern's window contains one of these.
struct GramPlaces {
    /// The last place at which a gram ends within the text.
    let last: UnsafeRawPointer
    /// The place behind the text.
    let end: UnsafeRawPointer
    let stride: Int

    /// The next place at which a gram of the index may stand.
    @inline(__always)
    func candidate(from start: UnsafeRawPointer, _ tables: GramTables) -> UnsafeRawPointer? {
        // Asked here and not at each place.
        tables.isDense
            ? candidate(from: start, tables) { tables.mayContainDense($0) }
            : candidate(from: start, tables) { tables.mayContainSparse($0) }
    }

    /// This is the loop that every byte of every log goes through: a gram is read as eight bytes of which the hash
    /// takes the first, and four places are looked at in a turn.
    @inline(__always)
    private func candidate(
        from start: UnsafeRawPointer,
        _ tables: GramTables,
        _ mayContain: (UInt64) -> Bool
    ) -> UnsafeRawPointer? {
        @inline(__always)
        func isHit(_ place: UnsafeRawPointer) -> Bool {
            mayContain(tables.hash(place.loadUnaligned(as: UInt64.self)))
        }
        var place = start
        let lastOfFour = min(last, end - 8) - 3 * stride
        while place <= lastOfFour {
            if isHit(place) { return place }
            if isHit(place + stride) { return place + stride }
            if isHit(place + 2 &* stride) { return place + 2 &* stride }
            if isHit(place + 3 &* stride) { return place + 3 &* stride }
            place += 4 &* stride
        }
        while place <= last {
            if mayContain(tables.hash(bytes(at: place))) { return place }
            place += stride
        }
        return nil
    }

    /// The eight bytes at a place, the first in the lowest bits; zeros stand for those behind the text.
    func bytes(at place: UnsafeRawPointer) -> UInt64 {
        guard end - place < 8 else { return place.loadUnaligned(as: UInt64.self) }
        let rest = UnsafeRawBufferPointer(start: place, count: end - place)
        return rest.reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
