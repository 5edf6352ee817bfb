/// The tables of an Aho-Corasick automaton, lent for the time of one call.
///
/// States of small depths, where ordinary output stays, have a row with the next state for every class of bytes. The
/// deeper ones, which are almost all, are numbered in depth-first order, so that a state's first child is the next
/// number; they keep a failure link instead. State 0 is the root; a pattern is named by its place in the order of
/// bytes plus one, and 0 is none.
struct AutomatonTables {
    /// Set in a row's entry where the next state ends a pattern.
    static let matchFlag: UInt32 = 1 << 31
    /// Set in a row's entry where the next state has no row: its number stands there, and else the place of its row.
    static let deepFlag: UInt32 = 1 << 30

    let layout: AutomatonLayout
    /// The class of each byte; bytes that no pattern has share one.
    let classes: UnsafeMutablePointer<UInt8>
    /// A bit for each pair of bytes that a pattern begins with, the first byte in the low half; only `hasStarts`.
    let starts: UnsafeMutablePointer<UInt64>
    let rows: UnsafeMutablePointer<UInt32>
    /// The byte on the edge into each state.
    let labels: UnsafeMutablePointer<UInt8>
    /// The next child of the same parent, or 0.
    let siblings: UnsafeMutablePointer<UInt32>
    /// The state of the longest proper suffix.
    let failures: UnsafeMutablePointer<UInt32>
    /// How many bytes lead from the root to each state.
    let depths: UnsafeMutablePointer<UInt32>
    /// How many bytes at the end of the input may become a match: the longest suffix that is a proper prefix.
    let holds: UnsafeMutablePointer<UInt32>
    /// The longest pattern that is a suffix of each state.
    let outputs: UnsafeMutablePointer<UInt32>
    /// The length of each pattern, by its name less one.
    let lengths: UnsafeMutablePointer<UInt32>
    /// The longest other pattern that is a suffix of each pattern.
    let shorter: UnsafeMutablePointer<UInt32>

    init(_ layout: AutomatonLayout, at pages: UnsafeMutableRawPointer) {
        func table<Element>(_ offset: Int, _ count: Int) -> UnsafeMutablePointer<Element> {
            (pages + offset).bindMemory(to: Element.self, capacity: count)
        }
        self.layout = layout
        classes = table(0, 256)
        starts = table(layout.starts, layout.hasStarts ? 1 << 10 : 0)
        rows = table(layout.rows, layout.denseCount << layout.shift)
        labels = table(layout.labels, layout.stateCount)
        siblings = table(layout.siblings, layout.stateCount)
        failures = table(layout.failures, layout.stateCount)
        depths = table(layout.depths, layout.stateCount)
        holds = table(layout.holds, layout.stateCount)
        outputs = table(layout.outputs, layout.stateCount)
        lengths = table(layout.lengths, layout.patternCount)
        shorter = table(layout.shorter, layout.patternCount)
    }

    /// The entry of a dense state's row.
    @inline(__always)
    func entry(_ state: UInt32, _ byte: UInt8) -> UnsafeMutablePointer<UInt32> {
        rows + (Int(state) << layout.shift | Int(classes[Int(byte)]))
    }

    /// The first place from `start` on where a pattern may begin, or the last byte; `start` is before `end`.
    @inline(__always)
    func skip(_ start: UnsafeRawPointer, _ end: UnsafeRawPointer) -> UnsafeRawPointer {
        var next = start
        while next + 1 < end {
            let pair = Int(UInt16(littleEndian: next.loadUnaligned(as: UInt16.self)))
            guard starts[pair >> 6] >> UInt64(pair & 63) & 1 == 0 else { break }
            next += 1
        }
        return next
    }

    /// What stands in rows for a state, without `matchFlag`.
    func reference(to state: UInt32) -> UInt32 {
        state < UInt32(layout.denseCount) ? state << UInt32(layout.shift) : state | Self.deepFlag
    }

    /// The state that such a reference is to.
    func state(at reference: UInt32) -> Int {
        Int(reference < Self.deepFlag ? reference >> UInt32(layout.shift) : reference & ~Self.deepFlag)
    }

    /// What a row of the state would have for the byte.
    @inline(never)
    func next(_ state: UInt32, _ byte: UInt8) -> UInt32 {
        var state = state
        while state >= UInt32(layout.denseCount) {
            if let child = child(of: state, byte) {
                return child | Self.deepFlag | (outputs[Int(child)] == 0 ? 0 : Self.matchFlag)
            }
            state = failures[Int(state)]
        }
        return entry(state, byte).pointee
    }

    /// The child of a state without a row.
    private func child(of state: UInt32, _ byte: UInt8) -> UInt32? {
        var child = Int(state) + 1
        guard child < layout.stateCount, depths[child] == depths[Int(state)] + 1 else { return nil }
        while labels[child] != byte {
            child = Int(siblings[child])
            guard child != 0 else { return nil }
        }
        return UInt32(truncatingIfNeeded: child)
    }
}
