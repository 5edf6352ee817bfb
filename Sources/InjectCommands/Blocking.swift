internal import AWSClient
internal import Diagnostics
internal import Dispatch
internal import Injection

/// Waits on the main thread for work that is asynchronous.
///
/// The command must be forked from the main thread and waited for there, so the program's main function is synchronous;
/// only getting a token, keys and values is not. The main thread is none of the cooperative pool's, so nothing can starve.
enum Blocking {
    // Sendable: written once before the semaphore is signalled and read once after it was waited for.
    final class Box<Value: Sendable>: @unchecked Sendable {
        var result: Result<Value, any Error>?
    }

    /// Waits for work until a deadline; `name` says what the work is, for whoever waited in vain.
    static func wait<Value: Sendable>(
        _ name: String,
        until deadline: Deadline,
        for work: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        let box = Box<Value>()
        let done = DispatchSemaphore(value: 0)
        let task = Task.detached {
            do { box.result = .success(try await work()) } catch { box.result = .failure(error) }
            done.signal()
        }
        guard done.wait(timeout: .now() + .milliseconds(deadline.rest)) == .success else {
            // Looked at first: being cancelled ends it.
            let program = CredentialProgram.running
            task.cancel()
            SilentTerminal.giveBack()
            throw deadline.diagnostic(name, waitingFor: program)
        }
        guard let result = box.result else { throw Diagnostic(.unexpected, "work ended without a result") }
        return try result.get()
    }
}
