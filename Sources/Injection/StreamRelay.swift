internal import CInjectShims
internal import Glibc
internal import LogMasking
internal import Secrets

/// Carries one stream of the command through the masker to inject's own.
///
/// It never blocks: what cannot be written yet waits here, and nothing more is read until it is out, so that a signal is
/// forwarded even while the reader of the log sleeps.
final class StreamRelay {
    /// Whether the stream was given up while something else still kept it open.
    private(set) var isHeldOpen = false
    private let source: Int32
    private let output: RelayOutput
    /// Whether it writes what waits: of two relays into one output, one does.
    private let writes: Bool
    private var isOpen = true
    private var masker: StreamMasker
    /// How many bytes are still to be read; nil while there is no end in sight.
    private var remaining: Int?
    private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    private init(
        from source: Int32,
        to output: RelayOutput,
        writes: Bool,
        _ filters: OutputFilters
    ) throws(SecretMemoryError) {
        masker = try StreamMasker(filters.patterns)
        self.source = source
        self.output = output
        self.writes = writes
    }

    /// A relay, or the failure of a run; with another relay, into that one's output.
    static func masking(
        _ source: Int32,
        to target: Int32,
        with other: StreamRelay? = nil,
        _ filters: OutputFilters
    ) throws(RunFailure) -> StreamRelay {
        let output = other?.output ?? RelayOutput(target, filters)
        do {
            return try StreamRelay(from: source, to: output, writes: other == nil, filters)
        } catch {
            throw RunFailure(.noMemory)
        }
    }

    deinit {
        SecretBuffer.wipe(chunk)
        chunk.deallocate()
        closeSource()
    }

    var report: MaskReport { masker.report }

    /// Why inject's own stream takes no more, if it does not: EPIPE where its reader has gone away.
    var outputFailure: Int32? { output.failure }

    /// Whether everything the command wrote is out.
    var isDone: Bool { !isOpen && output.isEmpty }

    /// What to wait for next.
    var wanted: pollfd {
        guard output.isEmpty else {
            return pollfd(fd: writes ? output.descriptor : -1, events: Int16(POLLOUT), revents: 0)
        }
        return pollfd(fd: isOpen ? source : -1, events: Int16(POLLIN), revents: 0)
    }

    /// Does what the descriptor became ready for.
    func proceed() {
        guard output.failure == nil else { return closeSource() }
        guard output.isEmpty else {
            if writes { flush() }
            return
        }
        read()
        if output.neverBlocks { flush() }
    }

    /// Ends the stream after what is in the pipe now: all that the command wrote itself, once it has ended.
    ///
    /// A reader of the log that is merely slow loses nothing by it.
    func endWithWhatIsThere() {
        guard isOpen, remaining == nil else { return }
        remaining = Int(inject_readable_count(source))
        finishIfAtEnd()
    }

    /// Ends the stream where nobody reads it; a reader that is merely slow has made room by now, and loses nothing.
    func abandon() {
        output.abandon()
        if output.failure != nil { closeSource() }
    }

    /// Ends the stream: what was held back goes out.
    func finish() {
        guard isOpen else { return }
        closeSource()
        masker.finish { output.append($0) }
        output.finish()
    }

    private func read() {
        let count = Glibc.read(source, chunk.baseAddress, min(chunk.count, remaining ?? .max))
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return }
        guard count > 0 else { return finish() }
        masker.write(UnsafeRawBufferPointer(rebasing: chunk[..<count])) { output.append($0) }
        remaining = remaining.map { $0 - count }
        finishIfAtEnd()
    }

    private func finishIfAtEnd() {
        guard remaining == 0 else { return }
        var state = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
        // Without a writer the pipe is at its end in any case.
        isHeldOpen = poll(&state, 1, 0) <= 0 || state.revents & Int16(POLLHUP) == 0
        finish()
    }

    private func flush() {
        output.flush()
        // Nobody reads any more. The command learns it as it would without us: its next write fails.
        if output.failure != nil { closeSource() }
    }

    private func closeSource() {
        guard isOpen else { return }
        isOpen = false
        close(source)
    }
}
