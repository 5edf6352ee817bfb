/// Runs the automaton over a stream, and lets out what no match can reach any more.
struct MaskScanner {
    /// How many bytes of the stream are decided: shown or masked.
    private(set) var settled = 0
    private(set) var tally = MaskTally()
    /// How many bytes of the stream the automaton has read.
    private var position = 0
    private var state: UInt32 = 0
    private var pending = PendingRuns()
    /// Where the run whose mask was shown last ends; it may reach beyond `settled`.
    private var shownEnd = -1
    private var lines = LineCounter()

    /// Goes on with other patterns: the automaton has to read again what is not decided.
    mutating func restart(with patterns: MaskPatterns) {
        tally.use(patterns)
        pending.removeAll()
        position = settled
        state = 0
    }

    /// Reads the input behind the bytes held, and decides as much as it can.
    mutating func scan(_ pass: MaskPass, _ emit: (UnsafeRawBufferPointer) -> Void) {
        if position < pass.window.middle { read(pass.window.held, pass, emit) }
        read(pass.window.input, pass, emit)
    }

    /// Decides everything: no more input follows.
    mutating func finish(_ pass: MaskPass, _ emit: (UnsafeRawBufferPointer) -> Void) {
        scan(pass, emit)
        settle(before: position, pass, emit)
        state = 0
    }

    private mutating func read(
        _ bytes: UnsafeRawBufferPointer,
        _ pass: MaskPass,
        _ emit: (UnsafeRawBufferPointer) -> Void
    ) {
        let tables = pass.tables
        var index = 0
        while let end = search(bytes, from: index, tables) {
            let offset = position + end
            // A match that ends here or later starts where the state's text starts, or behind.
            settle(before: offset - Int(tables.depths[Int(state)]), pass, emit)
            let pattern = tables.outputs[Int(state)]
            pending.add(pattern, offset - Int(tables.lengths[Int(pattern) - 1])..<offset)
            index = end
        }
        position += bytes.count
        settle(before: position - Int(tables.holds[Int(state)]), pass, emit)
    }

    /// Moves the automaton to the next state that ends a pattern, and returns the index behind that state's last byte.
    private mutating func search(_ bytes: UnsafeRawBufferPointer, from start: Int, _ tables: AutomatonTables) -> Int? {
        guard let base = bytes.baseAddress else { return nil }
        // The loop that every byte of every log goes through: plain pointers in registers and no bounds.
        let (classes, rows, shift) = (tables.classes, tables.rows, tables.layout.shift)
        let dense = UInt32(truncatingIfNeeded: tables.layout.denseCount)
        let skips = tables.layout.hasStarts
        var state = state
        var next = base + start
        let end = base + bytes.count
        while next < end {
            if skips && state == 0 { next = tables.skip(next, end) }
            let byte = next.load(as: UInt8.self)
            let entry = state < dense ? rows[Int(state) &<< shift | Int(classes[Int(byte)])] : tables.next(state, byte)
            next += 1
            state = entry & ~AutomatonTables.matchFlag
            guard entry == state else {
                self.state = state
                return next - base
            }
        }
        self.state = state
        return nil
    }

    /// Shows or masks everything before an offset that no match to come can start before.
    private mutating func settle(before limit: Int, _ pass: MaskPass, _ emit: (UnsafeRawBufferPointer) -> Void) {
        while let run = pending.takeFirst(before: limit) {
            show(upTo: run.range.lowerBound, pass, emit)
            if run.range.lowerBound > shownEnd { showMask(pass, emit) }
            for index in run.matches { tally.credit(pending.match(index), of: pass.patterns, pass.tables) }
            shownEnd = max(shownEnd, run.range.upperBound)
        }
        pending.forgetTaken()
        show(upTo: limit, pass, emit)
    }

    /// Shows what is not masked between what is decided and `limit`, which is decided then.
    private mutating func show(upTo limit: Int, _ pass: MaskPass, _ emit: (UnsafeRawBufferPointer) -> Void) {
        pass.window.forEachSlice(from: max(settled, shownEnd), to: limit) { slice in
            lines.advance(over: slice)
            emit(slice)
        }
        settled = max(settled, limit)
    }

    private mutating func showMask(_ pass: MaskPass, _ emit: (UnsafeRawBufferPointer) -> Void) {
        tally.beginRun(onLine: lines.line)
        pass.patterns.options.mask.withUnsafeBytes { bytes in
            guard !bytes.isEmpty else { return }
            lines.advance(over: bytes)
            emit(bytes)
        }
    }
}
