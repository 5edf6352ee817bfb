internal import Broker
internal import Dispatch
internal import GRDB
internal import Synchronization

/// Writes to a database in groups: what comes while one transaction is being synced is in the next one together.
final class GroupedWriter: Sendable {
    private struct Work: Sendable {
        /// Does the work, and returns how to tell of it once it is on the disk.
        let perform: @Sendable (Database) throws -> @Sendable () -> Void
        let fail: @Sendable () -> Void
    }

    private struct State {
        var waiting: [Work] = []
        var isWriting = false
    }

    // The disk may take long, and the threads of the concurrency pool are for work that does not wait.
    private let queue = DispatchQueue(label: "state")
    private let database: any DatabaseWriter
    private let state = Mutex(State())

    init(_ database: any DatabaseWriter) { self.database = database }

    /// Does work in a transaction, which is on the disk when this returns.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(BrokerFault) -> Value {
        let result = await withCheckedContinuation { (answer: CheckedContinuation<Result<Value, BrokerFault>, Never>) in
            add(
                Work { database in
                    let value = try work(database)
                    return { answer.resume(returning: .success(value)) }
                } fail: {
                    answer.resume(returning: .failure(.state))
                }
            )
        }
        return try result.get()
    }

    /// Does work some time later, unless the process ends before.
    func writeLater(_ work: @escaping @Sendable (Database) throws -> Void) {
        add(
            Work { database in
                try work(database)
                return {}
            } fail: {
            }
        )
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
                return state.waiting
            }
            guard !batch.isEmpty else { return }
            do {
                let done = try database.write { database in try batch.map { try $0.perform(database) } }
                for tell in done { tell() }
            } catch {
                for work in batch { work.fail() }
            }
        }
    }
}
