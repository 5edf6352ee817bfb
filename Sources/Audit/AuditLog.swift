internal import Dispatch
internal import Glibc
internal import Synchronization

/// A log that tells nobody that an event is recorded before the disk has it.
///
/// Events that come while others are being synced are written together: one sync for all who wait.
package final class AuditLog: Sendable {
    /// Where a log is, who keeps it, and who signs it.
    package struct Settings: Sendable {
        /// The file.
        package let path: String
        /// The node that writes.
        package let broker: AuditBroker
        /// Whom events of the node itself are put down to.
        package let account: String
        /// Who signs checkpoints; nobody where it is nil.
        package let signer: AuditSigner?
        /// After how many records a checkpoint is due.
        package let recordsPerCheckpoint: Int64
        /// From how many bytes on the log goes on in a new file; never where it is nil.
        package var bytesPerSegment: Int64?
        /// Told the system's error number where the newest checkpoint cannot be kept beside the log, once until it can be again.
        package var sidecarFailed: @Sendable (Int32) -> Void = { _ in }
        /// The clock, in milliseconds since the Unix epoch.
        package let milliseconds: @Sendable () -> Int64

        /// Describes a log; nothing is opened.
        package init(
            path: String,
            broker: AuditBroker,
            account: String,
            signer: AuditSigner?,
            recordsPerCheckpoint: Int64 = 1000,
            milliseconds: @escaping @Sendable () -> Int64
        ) {
            self.path = path
            self.broker = broker
            self.account = account
            self.signer = signer
            self.recordsPerCheckpoint = recordsPerCheckpoint
            self.milliseconds = milliseconds
        }
    }

    private typealias Answer = CheckedContinuation<Result<[AuditRecord], AuditError>, Never>

    private struct Waiting {
        let events: [AuditEvent]
        let isSigned: Bool
        let isLast: Bool
        let answer: Answer
    }

    private struct State {
        var waiting: [Waiting] = []
        var isWriting = false
        var isFailing = false
        var isClosed = false
        var inode: UInt?
    }

    // The disk may take long, and the threads of the concurrency pool are for work that does not wait.
    private let queue = DispatchQueue(label: "audit")
    private let state = Mutex(State())
    private let chain: Mutex<AuditChain>
    private let settings: Settings

    /// Opens or begins a log, and records and signs that: from then on a key can vouch for it.
    package init(_ settings: Settings) throws(AuditError) {
        var chain = try AuditChain(settings)
        try chain.resume()
        _ = try chain.append([settings.asSystem(AuditEvent(.logStarted, .success))], signing: true)
        let inode = chain.inode
        self.chain = Mutex(chain)
        self.settings = settings
        state.withLock { $0.inode = inode }
    }

    /// Records events, all or none; they are on the disk when this returns.
    @discardableResult
    package func append(_ events: [AuditEvent]) async throws(AuditError) -> [AuditRecord] {
        try await wait(events)
    }

    /// Records an event of the node itself.
    package func appendAsSystem(_ event: AuditEvent) async throws(AuditError) {
        _ = try await wait([settings.asSystem(event)])
    }

    /// Throws where events cannot be recorded, or nobody would find them: after one could not be, it tries with another one.
    package func check() async throws(AuditError) {
        guard await isInPlace() else { throw AuditError(.replaced) }
        guard state.withLock({ $0.isFailing }) else { return }
        let event = AuditEvent(.logRepaired, .success, reason: "writable-again")
        _ = try await wait([settings.asSystem(event)], isSigned: true)
    }

    /// Records the end and signs it; nothing is recorded afterwards.
    package func close() async throws(AuditError) {
        _ = try await wait([settings.asSystem(AuditEvent(.logStopped, .success))], isLast: true)
    }

    private func isInPlace() async -> Bool {
        let path = settings.path
        if AuditSegments.inode(path) == state.withLock({ $0.inode }) { return true }
        // The log may have gone on in a new file just now.
        return await withCheckedContinuation { answer in
            DispatchQueue.global().async {
                answer.resume(returning: self.chain.withLock { AuditSegments.inode(path) == $0.inode })
            }
        }
    }

    private func wait(
        _ events: [AuditEvent],
        isSigned: Bool = false,
        isLast: Bool = false
    ) async throws(AuditError) -> [AuditRecord] {
        // Not with others: what cannot be written must not fail what is written together with it.
        guard events.allSatisfy({ AuditRecord.hasRoom(for: $0, of: settings.broker) }) else {
            throw AuditError(.notWritten, EMSGSIZE)
        }
        let result = await withCheckedContinuation { (answer: Answer) in
            let (isClosed, isIdle) = state.withLock { state in
                guard !state.isClosed else { return (true, false) }
                state.isClosed = isLast
                state.waiting.append(Waiting(events: events, isSigned: isSigned, isLast: isLast, answer: answer))
                defer { state.isWriting = true }
                return (false, !state.isWriting)
            }
            if isClosed { answer.resume(returning: .failure(AuditError(.notWritten))) }
            if isIdle { queue.async { self.writeWhatWaits() } }
        }
        return try result.get()
    }

    private func writeWhatWaits() {
        while true {
            let batch = state.withLock { state in
                defer { state.waiting = [] }
                state.isWriting = !state.waiting.isEmpty
                return state.waiting
            }
            guard !batch.isEmpty else { return }
            write(batch)
        }
    }

    private func write(_ batch: [Waiting]) {
        let (result, inode): (Result<[AuditRecord], AuditError>, UInt) = chain.withLock { chain in
            do throws(AuditError) {
                let (isSigned, isClosing) = (batch.contains(where: \.isSigned), batch.contains(where: \.isLast))
                let records = try chain.append(batch.flatMap(\.events), signing: isSigned, closing: isClosing)
                return (.success(records), chain.inode)
            } catch {
                return (.failure(error), chain.inode)
            }
        }
        let isFailing = (try? result.get()) == nil
        state.withLock { state in
            state.isFailing = isFailing
            state.inode = inode
        }
        var start = 0
        for waiting in batch {
            let end = start + waiting.events.count
            waiting.answer.resume(returning: result.map { Array($0[start..<end]) })
            start = end
        }
    }
}

extension AuditLog.Settings {
    func asSystem(_ event: AuditEvent) -> AuditEvent {
        var event = event
        event.actor = .system(account)
        event.source = event.source ?? AuditEvent.Source(address: "local")
        event.object = event.object ?? AuditEvent.Object(name: path)
        return event
    }
}
