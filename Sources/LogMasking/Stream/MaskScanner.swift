import Secrets

/// Finds the occurrences in a stream, and lets out what none can reach any more.
///
/// It keeps nothing of what it has found between two calls: what is not decided is held back and searched again.
struct MaskScanner {
    /// How many bytes an automaton reads before the faster search is tried again.
    private static let automatonSpan = 1 << 20

    /// How many bytes of the stream are decided: shown or masked.
    private(set) var settled = 0
    private(set) var tally = MaskTally()
    /// Where the run whose mask was shown last ends; it may reach beyond `settled`.
    private var shownEnd = -1
    private var lines = LineCounter()
    private var automaton: MaskAutomaton?
    /// Up to which byte of the stream the automaton is used.
    private var automatonEnd = 0
    /// Whether the automaton is used for the bytes decided last.
    var usesAutomaton: Bool { automatonEnd > settled }
    /// Tests can have the automaton from the start.
    let prefersAutomaton: Bool

    init(_ patterns: MaskPatterns, prefersAutomaton: Bool) throws(SecretMemoryError) {
        self.prefersAutomaton = prefersAutomaton
        try use(patterns)
    }

    /// Goes on with other patterns.
    mutating func use(_ patterns: MaskPatterns) throws(SecretMemoryError) {
        let needsAutomaton = patterns.set.shortest > 0 && (prefersAutomaton || patterns.grams == nil)
        automaton = needsAutomaton ? try MaskAutomaton(patterns.set) : nil
        automatonEnd = needsAutomaton ? .max : 0
        tally.use(patterns)
    }

    /// Searches the held bytes and the input behind them, and decides as much as it can.
    mutating func scan(_ pass: MaskPass, _ emit: (UnsafeRawBufferPointer) -> Void) {
        pass.patterns.set.withTexts { texts in
            var interrupted = InterruptionSearch(texts, pass.patterns.heads, pass.patterns.prefixes)
            for region in pass.regions { interrupted.search(region) }
            if automatonEnd <= pass.window.end, searchGrams(texts, pass, interrupted, emit) { return }
            searchAutomaton(texts, pass, interrupted, emit)
        }
    }

    /// False where the automaton has to do it.
    private mutating func searchGrams(
        _ texts: PatternTexts,
        _ pass: MaskPass,
        _ interrupted: InterruptionSearch,
        _ emit: (UnsafeRawBufferPointer) -> Void
    ) -> Bool {
        var matches = interrupted.matches
        if let grams = pass.patterns.grams, texts.count > 0 {
            var search = GramSearch(texts, grams)
            for region in pass.regions {
                guard search.search(region) else { return trip(pass) }
            }
            matches += search.matches
        }
        let held = pass.regions.last.map { $0.isOpen ? pass.patterns.prefixes.heldCount($0.bytes, texts) : 0 } ?? 0
        settle(matches, before: min(pass.window.end - held, interrupted.limit), pass, nil, emit)
        return true
    }

    /// Builds the automaton where there is none yet; without memory for it, the slow way has to do.
    private mutating func trip(_ pass: MaskPass) -> Bool {
        if automaton == nil { automaton = try? MaskAutomaton(pass.patterns.set) }
        automatonEnd = pass.window.end + Self.automatonSpan
        return false
    }

    private mutating func searchAutomaton(
        _ texts: PatternTexts,
        _ pass: MaskPass,
        _ interrupted: InterruptionSearch,
        _ emit: (UnsafeRawBufferPointer) -> Void
    ) {
        guard let automaton else { return }
        automaton.withTables { tables in
            var search = AutomatonSearch(tables)
            for region in pass.regions { search.search(region) }
            let held = pass.regions.last?.isOpen == true ? search.heldCount : 0
            let limit = min(pass.window.end - held, interrupted.limit)
            settle(interrupted.matches + search.matches, before: limit, pass, tables, emit)
        }
    }

    /// Shows or masks everything before an offset that no match to come can start before.
    private mutating func settle(
        _ matches: [PatternMatch],
        before limit: Int,
        _ pass: MaskPass,
        _ tables: AutomatonTables?,
        _ emit: (UnsafeRawBufferPointer) -> Void
    ) {
        var matches = matches
        matches.sort { $0.range.lowerBound < $1.range.lowerBound }
        for match in matches {
            guard match.range.lowerBound < limit else { break }
            if match.range.lowerBound > shownEnd {
                show(upTo: match.range.lowerBound, pass, emit)
                showMask(pass, emit)
            }
            tally.credit(match, of: pass.patterns, tables)
            shownEnd = max(shownEnd, match.range.upperBound)
        }
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
