internal import Glibc
internal import LogMasking
internal import Secrets

/// Carries one stream of the command through the masker to inject's own.
///
/// It never blocks: what cannot be written yet waits here, and nothing more is read until it is out, so that a signal is
/// forwarded even while the reader of the log sleeps.
final class StreamRelay {
    /// Whether the reader of inject's own stream has gone away.
    private(set) var isOutputClosed = false
    private let source: Int32
    private let target: Int32
    private var isOpen = true
    private var masker: StreamMasker
    private var pending: [UInt8] = []
    private var written = 0
    private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 65_536, alignment: 16)
    /// How much a target takes at once without blocking, after it was said to be ready.
    private let portion: Int

    init(from source: Int32, to target: Int32, _ patterns: MaskPatterns) throws(SecretMemoryError) {
        masker = try StreamMasker(patterns)
        self.source = source
        self.target = target
        var info = stat()
        let isFile = fstat(target, &info) == 0 && info.st_mode & S_IFMT == S_IFREG
        // POLLOUT promises a pipe's reader space for PIPE_BUF bytes (pipe(7)); a file never blocks.
        portion = isFile ? .max : 4096
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
        if !pending.isEmpty { return pollfd(fd: target, events: Int16(POLLOUT), revents: 0) }
        return pollfd(fd: isOpen ? source : -1, events: Int16(POLLIN), revents: 0)
    }

    /// Does what the descriptor became ready for.
    func proceed() {
        if pending.isEmpty { read() }
        flush()
    }

    /// Ends the stream: what was held back goes out.
    func finish() {
        guard isOpen else { return }
        isOpen = false
        closeSource()
        masker.finish { pending.append(contentsOf: $0) }
    }

    private func read() {
        let count = Glibc.read(source, chunk.baseAddress, chunk.count)
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return }
        guard count > 0 else { return finish() }
        masker.write(UnsafeRawBufferPointer(rebasing: chunk[..<count])) { pending.append(contentsOf: $0) }
    }

    private func flush() {
        guard !pending.isEmpty else { return }
        guard !isOutputClosed else { return forget() }
        let count = pending.withUnsafeBytes { bytes in
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...].prefix(portion))
            return Glibc.write(target, rest.baseAddress, rest.count)
        }
        if count < 0 {
            if errno == EINTR || errno == EAGAIN { return }
            // Nobody reads any more. The command learns it as it would without us: its next write fails.
            isOutputClosed = true
            closeSource()
            isOpen = false
            return forget()
        }
        written += count
        if written == pending.count { forget() }
    }

    private func forget() {
        pending.removeAll(keepingCapacity: true)
        written = 0
    }

    private var isSourceClosed = false

    private func closeSource() {
        guard !isSourceClosed else { return }
        isSourceClosed = true
        close(source)
    }
}
