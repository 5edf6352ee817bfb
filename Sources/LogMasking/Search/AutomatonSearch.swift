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
            let pattern = Int(tables.outputs[tables.state(at: state)]) - 1
            let start = end - Int(tables.lengths[pattern])
            if start < region.limit {
                let range = region.offset + start..<region.offset + end
                matches.append(PatternMatch(range: range, pattern: pattern, isInterrupted: false))
            }
            index = end
        }
        heldCount = Int(tables.holds[tables.state(at: state)])
    }

    /// Moves on to the next state that ends a pattern, and returns the index behind that state's last byte.
    ///
    /// States are named as in rows, so that nothing but the table stands between one byte's state and the next one's.
    private func next(_ bytes: UnsafeRawBufferPointer, from start: Int, _ current: inout UInt32) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        // Plain pointers in registers and no bounds: every byte goes through it.
        let (classes, rows) = (tables.classes, tables.rows)
        let skips = tables.layout.hasStarts
        var state = current
        defer { current = state }
        var next = base + start
        let end = base + bytes.count
        while next < end {
            if skips && state == 0 { next = tables.skip(next, end) }
            let byte = next.load(as: UInt8.self)
            let entry =
                state < AutomatonTables.deepFlag
                ? rows[Int(state) &+ Int(classes[Int(byte)])] : tables.next(state & ~AutomatonTables.deepFlag, byte)
            next += 1
            guard entry < AutomatonTables.matchFlag else {
                state = entry & ~AutomatonTables.matchFlag
                return next - base
            }
            state = entry
        }
        return nil
    }
}
