internal import Glibc

/// What the relays of one or two streams have for one of inject's own, and what of it is still to be written.
final class RelayOutput {
    /// Why the stream takes no more, if it does not: EAGAIN where nobody has read it.
    private(set) var failure: Int32?
    private let target: RelayTarget
    private var commands: WorkflowCommandFilter?
    private var pending: [UInt8] = []
    private var written = 0

    init(_ target: Int32, _ filters: OutputFilters) {
        commands = filters.allowsWorkflowCommands ? nil : WorkflowCommandFilter()
        self.target = RelayTarget(target)
    }

    /// What to wait for where something is to be written.
    var descriptor: Int32 { target.descriptor }

    /// Whether writing may be tried before poll has said that there is room.
    var neverBlocks: Bool { target.neverBlocks }

    var isEmpty: Bool { pending.isEmpty }

    /// Adds bytes in the order in which they will be written.
    ///
    /// Commands are looked for here, behind the masker, so that no mask can make one.
    func append(_ bytes: UnsafeRawBufferPointer) {
        guard commands != nil else { return pending.append(contentsOf: bytes) }
        commands?.append(bytes, to: &pending)
    }

    /// Adds what was held back: one of the streams has ended.
    func finish() { commands?.finish(&pending) }

    /// Writes what the stream takes.
    func flush() {
        guard !pending.isEmpty else { return }
        let count = pending.withUnsafeBytes { target.write(UnsafeRawBufferPointer(rebasing: $0[written...])) }
        if count < 0 {
            if errno == EINTR || errno == EAGAIN { return }
            failure = errno
            return forget()
        }
        written += count
        if written == pending.count { forget() }
    }

    /// Gives up what waits, where none of it can be written now.
    func abandon() {
        var state = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        guard failure == nil, !isEmpty, poll(&state, 1, 0) == 0 else { return }
        failure = EAGAIN
        forget()
    }

    private func forget() {
        pending.removeAll(keepingCapacity: true)
        written = 0
    }
}
