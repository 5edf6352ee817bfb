/// Fills an automaton's tables from sorted, distinct patterns.
///
/// Aho and Corasick, "Efficient string matching" (1975), algorithms 2 to 4. Its own scratch holds state numbers only:
/// every byte of a pattern stays in secret pages.
struct AutomatonBuilder {
    private let tables: AutomatonTables
    private let denseDepth: Int
    private var parents: [UInt32]
    /// The states in the order of their depths.
    private var order: [UInt32]
    private let statesByDepth: [Int]

    init(_ tables: AutomatonTables, denseDepth: Int, shape: PatternShape) {
        self.tables = tables
        self.denseDepth = denseDepth
        statesByDepth = shape.statesByDepth
        parents = [UInt32](repeating: 0, count: tables.layout.stateCount)
        order = parents
        for (byte, number) in shape.classes.enumerated() { tables.classes[byte] = number }
    }

    /// Fills every table; the memory must be zeroed.
    mutating func build(_ set: PatternSet, shared: [Int], in bytes: UnsafeRawBufferPointer) {
        grow(set.ranges, shared: shared, in: bytes)
        sortByDepth()
        var start = 1
        for count in statesByDepth.dropFirst() {
            let level = start..<start + count
            for index in level { enterIntoRow(order[index]) }
            for index in level { connect(order[index]) }
            start += count
        }
        finishRows()
    }

    /// Makes the tree: each pattern adds the states after what it shares with the one before.
    private mutating func grow(_ ranges: PatternRanges, shared: [Int], in bytes: UnsafeRawBufferPointer) {
        var dense: UInt32 = 1
        var deep = UInt32(truncatingIfNeeded: tables.layout.denseCount)
        var path: [UInt32] = [0]
        for (pattern, range) in ranges.enumerated() {
            let older = shared[pattern] + 1 < path.count ? path[shared[pattern] + 1] : 0
            path.removeSubrange((shared[pattern] + 1)...)
            for depth in path.count..<range.count + 1 {
                let state = depth <= denseDepth ? dense : deep
                if depth <= denseDepth { dense += 1 } else { deep += 1 }
                add(state, depth: depth, below: path[depth - 1], byte: bytes[range.lowerBound + depth - 1])
                path.append(state)
            }
            if older != 0 { tables.siblings[Int(older)] = path[shared[pattern] + 1] }
            if tables.layout.hasStarts { enterStart(bytes[range.lowerBound], bytes[range.lowerBound + 1]) }
            end(pattern, of: range.count, at: path[range.count])
        }
    }

    private mutating func add(_ state: UInt32, depth: Int, below parent: UInt32, byte: UInt8) {
        parents[Int(state)] = parent
        tables.labels[Int(state)] = byte
        tables.depths[Int(state)] = UInt32(truncatingIfNeeded: depth)
        tables.holds[Int(parent)] = tables.depths[Int(parent)]
    }

    private func enterStart(_ first: UInt8, _ second: UInt8) {
        let pair = Int(first) | Int(second) << 8
        tables.starts[pair >> 6] |= 1 << UInt64(pair & 63)
    }

    private func end(_ pattern: Int, of length: Int, at state: UInt32) {
        tables.outputs[Int(state)] = UInt32(truncatingIfNeeded: pattern + 1)
        tables.lengths[pattern] = UInt32(truncatingIfNeeded: length)
    }

    private mutating func sortByDepth() {
        var places: [Int] = []
        var start = 0
        for count in statesByDepth {
            places.append(start)
            start += count
        }
        for state in 0..<tables.layout.stateCount {
            let depth = Int(tables.depths[state])
            order[places[depth]] = UInt32(truncatingIfNeeded: state)
            places[depth] += 1
        }
    }

    /// Tells the parent's row, which is complete but for its children.
    private func enterIntoRow(_ state: UInt32) {
        let parent = parents[Int(state)]
        guard parent < tables.layout.denseCount else { return }
        tables.entry(parent, tables.labels[Int(state)]).pointee = state
    }

    /// Finds the failure link and what follows from it; all states of smaller depths are done.
    private func connect(_ state: UInt32) {
        let index = Int(state)
        let isFirstLevel = tables.depths[index] == 1
        let next = isFirstLevel ? 0 : tables.next(tables.failures[Int(parents[index])], tables.labels[index])
        // Rows hold mere numbers until all are complete.
        let failure = next & ~(AutomatonTables.matchFlag | AutomatonTables.deepFlag)
        tables.failures[index] = failure
        if tables.holds[index] == 0 { tables.holds[index] = tables.holds[Int(failure)] }
        inheritOutput(index, from: Int(failure))
        guard index < tables.layout.denseCount else { return }
        let length = 1 << tables.layout.shift
        (tables.rows + index * length).update(from: tables.rows + Int(failure) * length, count: length)
    }

    private func inheritOutput(_ state: Int, from failure: Int) {
        let own = tables.outputs[state]
        if own == 0 {
            tables.outputs[state] = tables.outputs[failure]
        } else {
            tables.shorter[Int(own) - 1] = tables.outputs[failure]
        }
    }

    private func finishRows() {
        for index in 0..<tables.layout.denseCount << tables.layout.shift {
            let state = tables.rows[index]
            let flag = tables.outputs[Int(state)] == 0 ? 0 : AutomatonTables.matchFlag
            tables.rows[index] = tables.reference(to: state) | flag
        }
    }
}
