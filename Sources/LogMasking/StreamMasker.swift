package import Secrets

/// Masks one stream as it flows.
///
/// The output is a function of the input's bytes alone, however they are cut into writes: every occurrence of every
/// pattern is masked, occurrences that overlap or touch become one mask, and everything else stays byte by byte as it
/// is. Held back is only the longest end of the stream that is the beginning of a pattern and not the whole of it; no
/// clock ever lets it out.
package struct StreamMasker: ~Copyable {
    private var patterns: MaskPatterns
    private var held: HeldTail
    private var scanner = MaskScanner()

    /// Makes a masker at the start of a stream; throws only where the kernel gives no memory.
    package init(_ patterns: MaskPatterns) throws(SecretMemoryError) {
        self.patterns = patterns
        held = try HeldTail(limit: patterns.automaton.longest)
        scanner.restart(with: patterns)
    }

    /// How many bytes are held back.
    package var heldCount: Int { held.count }

    /// What was masked so far, in the bytes that are no longer held back; complete after `finish`.
    package var report: MaskReport { scanner.tally.report }

    /// Masks what comes next, and lends `emit` what can be let out: slices of `input` wherever possible.
    package mutating func write(_ input: UnsafeRawBufferPointer, _ emit: (UnsafeRawBufferPointer) -> Void) {
        let end = scanner.settled + held.count + input.count
        pass(over: input) { $0.scan($1, emit) }
        held.keep(end - scanner.settled, of: input)
    }

    /// Lets out what is held: the stream is at its end.
    package mutating func finish(_ emit: (UnsafeRawBufferPointer) -> Void) {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        pass(over: nothing) { $0.finish($1, emit) }
        held.keep(0, of: nothing)
    }

    /// Masks one more value from here on, as `use` does.
    package mutating func add(_ value: MaskedValue) throws(SecretMemoryError) {
        try use(patterns.adding(value))
    }

    /// Goes on with other patterns, which several streams can share.
    ///
    /// The bytes held are searched again: an occurrence counts where it starts at or after the first of them. What was
    /// let out before is not taken back. If it throws, nothing has changed.
    package mutating func use(_ patterns: MaskPatterns) throws(SecretMemoryError) {
        if !held.hasRoom(for: patterns.automaton.longest) {
            held = try held.moved(toLimit: patterns.automaton.longest)
        }
        self.patterns = patterns
        scanner.restart(with: patterns)
    }

    private mutating func pass(over input: UnsafeRawBufferPointer, _ body: (inout MaskScanner, MaskPass) -> Void) {
        held.withBytes { bytes in
            let window = StreamWindow(held: bytes, from: scanner.settled, input: input)
            patterns.automaton.withTables { body(&scanner, MaskPass(patterns: patterns, tables: $0, window: window)) }
        }
    }
}
