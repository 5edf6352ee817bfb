internal import Glibc
internal import Secrets

/// Carries what is typed at inject's terminal to the command's, while the command is in the foreground.
///
/// It never blocks. Keys stay bytes: the command's terminal makes signals and ends of files of them, as its mode says.
final class InputRelay {
    /// Whether keys are the command's now.
    var isActive = false
    private let source: Int32
    private let target: Int32
    private var isOpen = true
    private let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    private var waiting = 0..<0

    /// Reads from one terminal, or from none where it is -1, and writes to a copy of the other's descriptor.
    init(from source: Int32, to target: Int32) {
        self.source = source
        self.target = fcntl(target, F_DUPFD_CLOEXEC, 3)
    }

    deinit {
        // Somebody may have typed a password.
        SecretBuffer.wipe(chunk)
        chunk.deallocate()
        end()
    }

    /// What to wait for next.
    var wanted: pollfd {
        if isOpen && !waiting.isEmpty { return pollfd(fd: target, events: Int16(POLLOUT), revents: 0) }
        return pollfd(fd: isOpen && isActive ? source : -1, events: Int16(POLLIN), revents: 0)
    }

    /// Does what the descriptor became ready for.
    func proceed() {
        if waiting.isEmpty { read() }
        write()
    }

    /// Gives the command's terminal the size of inject's; says whether it had another.
    func resize(_ resize: (Int32) -> Bool) -> Bool { isOpen && resize(target) }

    /// Carries nothing any more and lets go of the command's terminal.
    func end() {
        guard isOpen else { return }
        isOpen = false
        close(target)
    }

    private func read() {
        let count = Glibc.read(source, chunk.baseAddress, chunk.count)
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return }
        // The terminal has gone away; whoever it belonged to hears of it by SIGHUP.
        guard count > 0 else {
            isActive = false
            return
        }
        waiting = 0..<count
    }

    private func write() {
        guard isOpen, !waiting.isEmpty else { return }
        let rest = UnsafeRawBufferPointer(rebasing: chunk[waiting])
        let count = Glibc.write(target, rest.baseAddress, rest.count)
        if count < 0 && (errno == EINTR || errno == EAGAIN) { return }
        waiting = count < 0 ? 0..<0 : (waiting.lowerBound + count)..<waiting.upperBound
    }
}
