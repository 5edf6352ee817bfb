package import Secrets

/// Masks one stream as it flows.
///
/// The output is a function of the input's bytes alone, however they are cut into writes: every occurrence of every
/// pattern is masked, occurrences that overlap or touch become one mask, and everything else stays byte by byte as it
/// is. Held back is only the longest end of the stream that is the beginning of an occurrence and not the whole of it;
/// no clock ever lets it out.
package struct StreamMasker: ~Copyable {
    private var patterns: MaskPatterns
    private var held: HeldTail
    private var scanner: MaskScanner

    /// Makes a masker at the start of a stream; throws only where the kernel gives no memory.
    ///
    /// With `prefersAutomaton` tests go the way that only hostile streams go otherwise.
    package init(_ patterns: MaskPatterns, prefersAutomaton: Bool = false) throws(SecretMemoryError) {
        let scanner = try MaskScanner(patterns, prefersAutomaton: prefersAutomaton)
        held = try HeldTail(limit: patterns.longestMatch)
        self.patterns = patterns
        self.scanner = scanner
    }

    /// How many bytes are held back.
    package var heldCount: Int { held.count }

    /// Whether the last bytes went through the automaton, for tests of the way there and back.
    package var usesAutomaton: Bool { scanner.usesAutomaton }

    /// What was masked so far, in the bytes that are no longer held back; complete after `finish`.
    package var report: MaskReport { scanner.tally.report }

    /// Masks what comes next, and lends `emit` what can be let out: slices of `input` wherever possible.
    package mutating func write(_ input: UnsafeRawBufferPointer, _ emit: (UnsafeRawBufferPointer) -> Void) {
        guard !input.isEmpty else { return }
        let end = scanner.settled + held.count + input.count
        pass(over: input, isOpen: true, emit)
        held.keep(end - scanner.settled, of: input)
    }

    /// Lets out what is held: the stream is at its end.
    package mutating func finish(_ emit: (UnsafeRawBufferPointer) -> Void) {
        let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
        pass(over: nothing, isOpen: false, emit)
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
        // More room alone changes nothing that could be seen.
        try held.makeRoom(for: patterns.longestMatch)
        try scanner.use(patterns)
        self.patterns = patterns
    }

    private mutating func pass(
        over input: UnsafeRawBufferPointer,
        isOpen: Bool,
        _ emit: (UnsafeRawBufferPointer) -> Void
    ) {
        let start = scanner.settled
        // What is held and as much of the input as an occurrence that starts there can reach.
        held.withBytes(followedBy: input.prefix(patterns.longestMatch)) { bytes, heldCount in
            let window = StreamWindow(
                held: UnsafeRawBufferPointer(rebasing: bytes[..<heldCount]), from: start, input: input
            )
            let regions = Self.regions(bytes, heldCount, from: start, input, isOpen: isOpen)
            scanner.scan(MaskPass(patterns: patterns, window: window, regions: regions), emit)
        }
    }

    private static func regions(
        _ seam: UnsafeRawBufferPointer,
        _ heldCount: Int,
        from start: Int,
        _ input: UnsafeRawBufferPointer,
        isOpen: Bool
    ) -> [SearchRegion] {
        let all = SearchRegion(bytes: input, offset: start + heldCount, limit: input.count, isOpen: isOpen)
        if heldCount == 0 { return [all] }
        if seam.count == heldCount + input.count {
            return [SearchRegion(bytes: seam, offset: start, limit: seam.count, isOpen: isOpen)]
        }
        return [SearchRegion(bytes: seam, offset: start, limit: heldCount, isOpen: isOpen), all]
    }
}
