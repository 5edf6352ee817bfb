/// Finds patterns with an automaton: the same time for every byte, whatever the text and the patterns have in common.
struct AutomatonSearch {
    let tables: AutomatonTables
    private(set) var matches: [PatternMatch] = []
    /// How many bytes at the end of the last region may become a pattern.
    private(set) var heldCount = 0

    init(_ tables: AutomatonTables) { self.tables = tables }

    /// Finds, of the occurrences that end at one place, the longest.
    mutating func search(_ region: SearchRegion) {
        var state: UInt32 = 0
        var index = 0
        while let end = next(region.bytes, from: index, &state) {
            let pattern = Int(tables.outputs[Int(state)]) - 1
            let start = end - Int(tables.lengths[pattern])
            if start < region.limit {
                let range = region.offset + start..<region.offset + end
                matches.append(PatternMatch(range: range, pattern: pattern, isInterrupted: false))
            }
            index = end
        }
        heldCount = Int(tables.holds[Int(state)])
    }

    /// Moves on to the next state that ends a pattern, and returns the index behind that state's last byte.
    private func next(_ bytes: UnsafeRawBufferPointer, from start: Int, _ current: inout UInt32) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        // Plain pointers in registers and no bounds: every byte goes through it.
        let (classes, rows, shift) = (tables.classes, tables.rows, tables.layout.shift)
        let dense = UInt32(truncatingIfNeeded: tables.layout.denseCount)
        let skips = tables.layout.hasStarts
        var state = current
        defer { current = state }
        var next = base + start
        let end = base + bytes.count
        while next < end {
            if skips && state == 0 { next = tables.skip(next, end) }
            let byte = next.load(as: UInt8.self)
            let entry = state < dense ? rows[Int(state) &<< shift | Int(classes[Int(byte)])] : tables.next(state, byte)
            next += 1
            state = entry & ~AutomatonTables.matchFlag
            guard entry == state else { return next - base }
        }
        return nil
    }
}
