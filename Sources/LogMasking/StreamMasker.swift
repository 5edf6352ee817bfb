package import Secrets

/// Masks one stream: whatever the writes, the output is that of the whole text masked at once.
///
/// It holds back exactly the longest tail that is a proper prefix of a pattern, for as long as it takes: a tail that was
/// flushed by a timer could be the first half of a secret. A prompt, a progress bar or a colour is no such tail.
package struct StreamMasker: ~Copyable {
    /// A stretch of the stream that is masked, with the matches that made it so.
    private struct Stretch {
        var start: Int
        var end: Int
        var matches: [Int: MaskTally.Match]
    }

    private var patterns: MaskPatterns
    private var state: Int32 = 0
    /// How many bytes have been written to the masker, and how many of them have been passed on or masked.
    private var position = 0
    private var emitted = 0
    private var held: SecretBuffer
    private var stretches: [Stretch] = []
    private var lastWasMask = false
    private var tally = MaskTally()

    /// A masker at the start of a stream.
    package init(_ patterns: MaskPatterns) throws(SecretMemoryError) {
        self.patterns = patterns
        held = try SecretBuffer(capacity: max(patterns.automaton.longest, 1))
    }

    /// How many bytes are held back.
    package var heldCount: Int { position - emitted }

    /// What has been masked so far.
    package var report: MaskReport { tally.report(patterns) }

    /// Takes the next bytes of the stream and passes on what is decided, as slices of the input where possible.
    package mutating func write(
        _ input: UnsafeRawBufferPointer,
        _ emit: (UnsafeRawBufferPointer) -> Void
    ) throws(SecretMemoryError) {
        let start = position
        withoutActuallyEscaping(emit) { scan(input, from: start, $0) }
        advance(to: position - patterns.automaton.open(at: state), input, from: start, emit)
        try hold(input, from: start)
    }

    /// Ends the stream and passes on what was held back.
    package mutating func finish(_ emit: (UnsafeRawBufferPointer) -> Void) {
        advance(to: position, UnsafeRawBufferPointer(start: nil, count: 0), from: position, emit)
        held.truncate(to: 0)
        state = 0
        tally.close()
    }

    /// Masks one value more from here on; what is held back is looked at again, what was passed on is gone.
    package mutating func add(_ value: MaskedValue) throws(SecretMemoryError) {
        patterns = try patterns.adding(value)
        let tail = try held.withExposedBytes { bytes throws(SecretMemoryError) in try SecretBytes(copying: bytes) }
        state = 0
        position = emitted
        tail.withExposedBytes { scan($0, from: position, nil) }
    }

    // MARK: - Matching

    /// Runs the automaton over the input and notes what is to be masked.
    private mutating func scan(
        _ input: UnsafeRawBufferPointer,
        from start: Int,
        _ emit: ((UnsafeRawBufferPointer) -> Void)?
    ) {
        var state = state
        var offset = 0
        while offset < input.count {
            let hit = patterns.automaton.next(&state, input, &offset)
            guard hit else { break }
            position = start + offset
            // What is decided goes out first, so that a chunk full of matches needs no memory.
            if stretches.count > 16, let emit {
                advance(to: position - patterns.automaton.open(at: state), input, from: start, emit)
            }
            note(at: state)
        }
        position = start + input.count
        self.state = state
    }

    /// Notes every pattern that ends at this position.
    private mutating func note(at state: Int32) {
        var found = Stretch(start: position, end: position, matches: [:])
        patterns.automaton.endings(at: state) { secret, form, length in
            found.start = min(found.start, position - length)
            MaskTally.keepLonger(.init(secret: secret, form: form, length: length), in: &found.matches)
        }
        while let last = stretches.last, last.end >= found.start {
            found.start = min(found.start, last.start)
            for match in last.matches.values { MaskTally.keepLonger(match, in: &found.matches) }
            stretches.removeLast()
        }
        stretches.append(found)
    }

    // MARK: - Output

    /// Passes on everything before `limit`; no match that is still to come can begin there.
    private mutating func advance(
        to limit: Int,
        _ input: UnsafeRawBufferPointer,
        from start: Int,
        _ emit: (UnsafeRawBufferPointer) -> Void
    ) {
        var done = 0
        for index in stretches.indices {
            guard stretches[index].start < limit else { break }
            pass(to: stretches[index].start, input, from: start, emit)
            mask(stretches[index].matches, emit)
            emitted = min(stretches[index].end, limit)
            guard stretches[index].end <= limit else {
                stretches[index].start = limit
                break
            }
            done = index + 1
        }
        stretches.removeFirst(done)
        pass(to: limit, input, from: start, emit)
    }

    private mutating func mask(_ matches: [Int: MaskTally.Match], _ emit: (UnsafeRawBufferPointer) -> Void) {
        tally.masked(Array(matches.values))
        guard !lastWasMask else { return }
        lastWasMask = true
        var replacement = patterns.options.replacement
        replacement.withUTF8 { emit(UnsafeRawBufferPointer($0)) }
    }

    /// Passes on the bytes up to `limit` unchanged: first those held back, then those of the input.
    private mutating func pass(
        to limit: Int,
        _ input: UnsafeRawBufferPointer,
        from start: Int,
        _ emit: (UnsafeRawBufferPointer) -> Void
    ) {
        guard emitted < limit else { return }
        lastWasMask = false
        tally.close()
        let heldStart = start - held.count
        if emitted < start {
            let range = emitted - heldStart..<min(limit, start) - heldStart
            held.withExposedBytes { bytes in
                let slice = UnsafeRawBufferPointer(rebasing: bytes[range])
                tally.passed(slice)
                emit(slice)
            }
        }
        if limit > start {
            let slice = UnsafeRawBufferPointer(rebasing: input[max(emitted, start) - start..<limit - start])
            tally.passed(slice)
            emit(slice)
        }
        emitted = limit
    }

    /// Keeps the undecided tail for the next write.
    private mutating func hold(_ input: UnsafeRawBufferPointer, from start: Int) throws(SecretMemoryError) {
        let heldStart = start - held.count
        if emitted >= start {
            held.truncate(to: 0)
            try held.append(UnsafeRawBufferPointer(rebasing: input[(emitted - start)...]))
        } else {
            held.removeFirst(emitted - heldStart)
            try held.append(input)
        }
    }
}
