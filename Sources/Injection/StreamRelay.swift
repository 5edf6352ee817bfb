internal import CInjectShims
internal import Glibc
internal import LogMasking
internal import Secrets

/// Carries one stream of the command through the masker to inject's own.
///
/// It never blocks: what cannot be written yet waits here, and nothing more is read until it is out, so that a signal is
/// forwarded even while the reader of the log sleeps.
final class StreamRelay {
    /// Why inject's own stream takes no more, if it does not: EPIPE where its reader has gone away.
    private(set) var outputFailure: Int32?
    /// Whether the stream was given up while something else still kept it open.
    private(set) var isHeldOpen = false
    private let source: Int32
    private let target: RelayTarget
    private var isOpen = true
    private var masker: StreamMasker
    private var commands: WorkflowCommandFilter?
    private var pending: [UInt8] = []
    private var written = 0
    /// How many bytes are still to be read; nil while there is no end in sight.
    private var remaining: Int?
    private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)

    init(from source: Int32, to target: Int32, _ filters: OutputFilters) throws(SecretMemoryError) {
        masker = try StreamMasker(filters.patterns)
        commands = filters.allowsWorkflowCommands ? nil : WorkflowCommandFilter()
        self.source = source
        self.target = RelayTarget(target)
    }

    /// A relay, or the failure of a run.
    static func masking(_ source: Int32, to target: Int32, _ filters: OutputFilters) throws(RunFailure) -> StreamRelay {
        do { return try StreamRelay(from: source, to: target, filters) } catch { throw RunFailure(.noMemory) }
    }

    deinit {
        SecretBuffer.wipe(chunk)
        chunk.deallocate()
        closeSource()
    }

    var report: MaskReport { masker.report }

    /// Whether everything the command wrote is out.
    var isDone: Bool { !isOpen && pending.isEmpty }

    /// What to wait for next.
    var wanted: pollfd {
        if !pending.isEmpty { return pollfd(fd: target.descriptor, events: Int16(POLLOUT), revents: 0) }
        return pollfd(fd: isOpen ? source : -1, events: Int16(POLLIN), revents: 0)
    }

    /// Does what the descriptor became ready for.
    func proceed() {
        guard pending.isEmpty else { return flush() }
        read()
        if target.neverBlocks { flush() }
    }

    /// Ends the stream after what is in the pipe now: all that the command wrote itself, once it has ended.
    ///
    /// A reader of the log that is merely slow loses nothing by it.
    func endWithWhatIsThere() {
        guard isOpen, remaining == nil else { return }
        remaining = Int(inject_readable_count(source))
        finishIfAtEnd()
    }

    /// Ends the stream: what was held back goes out.
    func finish() {
        guard isOpen else { return }
        closeSource()
        masker.finish { Self.append($0, to: &pending, &commands) }
    }

    private func read() {
        let count = Glibc.read(source, chunk.baseAddress, min(chunk.count, remaining ?? .max))
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return }
        guard count > 0 else { return finish() }
        masker.write(UnsafeRawBufferPointer(rebasing: chunk[..<count])) { Self.append($0, to: &pending, &commands) }
        remaining = remaining.map { $0 - count }
        finishIfAtEnd()
    }

    /// Commands are looked for behind the masker, so that no mask can make one.
    private static func append(
        _ bytes: UnsafeRawBufferPointer,
        to pending: inout [UInt8],
        _ commands: inout WorkflowCommandFilter?
    ) {
        guard commands != nil else { return pending.append(contentsOf: bytes) }
        commands?.append(bytes, to: &pending)
    }

    private func finishIfAtEnd() {
        guard remaining == 0 else { return }
        var state = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
        // Without a writer the pipe is at its end in any case.
        isHeldOpen = poll(&state, 1, 0) <= 0 || state.revents & Int16(POLLHUP) == 0
        finish()
    }

    private func flush() {
        guard !pending.isEmpty else { return }
        let count = pending.withUnsafeBytes { target.write(UnsafeRawBufferPointer(rebasing: $0[written...])) }
        if count < 0 {
            if errno == EINTR || errno == EAGAIN { return }
            // Nobody reads any more. The command learns it as it would without us: its next write fails.
            outputFailure = errno
            closeSource()
            return forget()
        }
        written += count
        if written == pending.count { forget() }
    }

    private func forget() {
        pending.removeAll(keepingCapacity: true)
        written = 0
    }

    private func closeSource() {
        guard isOpen else { return }
        isOpen = false
        close(source)
    }
}
