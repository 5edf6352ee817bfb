internal import Broker
internal import Dispatch
internal import Synchronization

/// Writes to a database in groups: what comes while one transaction is being synced is in the next one together.
///
/// Nobody who waits for an answer has more than one piece of work in a group, so that the order within it is free: it is that
/// of the locks, with which two nodes cannot wait for each other in a circle.
final class GroupedWriter<Session>: Sendable {
    private struct Work: Sendable {
        let locks: LockOrder
        /// Does the work, and returns how to tell of it once it is on the disk.
        let perform: @Sendable (Session) throws -> @Sendable () -> Void
        let fail: @Sendable () -> Void
    }

    private struct State {
        var waiting: [Work] = []
        var isWriting = false
    }

    // The disk may take long, and the threads of the concurrency pool are for work that does not wait.
    private let queue = DispatchQueue(label: "state")
    private let transaction: @Sendable ((Session) throws -> Void) throws -> Void
    private let state = Mutex(State())

    /// Writes by `transaction`, which is called from one thread at a time, commits what its argument did, and may call it
    /// again after undoing it.
    init(transaction: @escaping @Sendable (_ body: (Session) throws -> Void) throws -> Void) {
        self.transaction = transaction
    }

    /// Does work that locks a row in a transaction, which is on the disk when this returns.
    func write<Value: Sendable>(
        _ locks: LockOrder,
        _ work: @escaping @Sendable (Session) throws -> Value
    ) async throws(BrokerFault) -> Value {
        let result = await withCheckedContinuation { (answer: CheckedContinuation<Result<Value, BrokerFault>, Never>) in
            add(
                Work(locks: locks) { session in
                    let value = try work(session)
                    return { answer.resume(returning: .success(value)) }
                } fail: {
                    answer.resume(returning: .failure(.state))
                }
            )
        }
        return try result.get()
    }

    /// Does work with what is written next, unless the process ends before.
    func writeLater(_ locks: LockOrder, _ work: @escaping @Sendable (Session) throws -> Void) {
        let work = Work(locks: locks) { session in
            try work(session)
            return {}
        } fail: {
        }
        state.withLock { $0.waiting.append(work) }
    }

    private func add(_ work: Work) {
        let isIdle = state.withLock { state in
            state.waiting.append(work)
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if isIdle { queue.async { self.writeWhatWaits() } }
    }

    private func writeWhatWaits() {
        while true {
            let batch = state.withLock { state in
                defer { state.waiting = [] }
                state.isWriting = !state.waiting.isEmpty
                // Stable: what is done to one row stays in the order in which it came.
                return state.waiting.sorted { $0.locks < $1.locks }
            }
            guard !batch.isEmpty else { return }
            do {
                var done: [@Sendable () -> Void] = []
                try transaction { session in done = try batch.map { try $0.perform(session) } }
                for tell in done { tell() }
            } catch {
                for work in batch { work.fail() }
            }
        }
    }
}
