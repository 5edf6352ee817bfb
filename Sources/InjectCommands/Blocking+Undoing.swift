internal import Diagnostics
internal import Dispatch
internal import Injection

extension Blocking {
    /// How long work may take to undo what it did, in milliseconds.
    private static let grace = 5000

    /// Waits for work that undoes what it did where it is cancelled.
    ///
    /// The deadline cancels it, and so does a signal, which ends inject only afterwards. A second signal does not wait.
    static func waitUndoing<Value: Sendable>(
        _ name: String,
        until deadline: Deadline,
        for work: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        guard let wait = InterruptibleWait() else { throw Diagnostic(.unexpected, "signals cannot be held back") }
        let box = Box<Value>()
        let done = DispatchSemaphore(value: 0)
        let finish = wait.finish
        let task = Task.detached {
            do { box.result = .success(try await work()) } catch { box.result = .failure(error) }
            done.signal()
            finish()
        }
        let event = wait.next(within: deadline.rest)
        if event != .finished { task.cancel() }
        let isFinished = event == .finished || wait.next(within: grace) == .finished
        wait.close(isFinished: isFinished)
        switch event {
        case .finished: break
        case .timeout: throw deadline.diagnostic(name)
        case .signal(let signal):
            InterruptibleWait.end(by: signal)
            throw interruption(name, signal)
        }
        done.wait()
        guard let result = box.result else { throw Diagnostic(.unexpected, "work ended without a result") }
        return try result.get()
    }

    private static func interruption(_ name: String, _ signal: Int32) -> CommandFailure {
        CommandFailure(
            diagnostic: Diagnostic(.interrupted, "\(name) was interrupted by signal \(signal)"),
            status: ExitStatus(code: 128 + signal)
        )
    }
}

extension Diagnostic.ID {
    /// A signal ended inject before the command started.
    static let interrupted = Diagnostic.ID("interrupted")
}
