import Dispatch
import Synchronization

/// A request that is still to come, while the connection for it is being opened.
///
/// libcurl has no way to open a connection that a later request may use, but it asks once more right before it sends one
/// (CURLOPT_PREREQFUNCTION): there its thread waits until the request is given, or until it is known that none will come.
final class LateRequest: Sendable {
    private enum State {
        case awaited
        case given(HTTPRequest, CurlLoop.Reply)
        case over
    }

    /// The transfer's number, by which it is cancelled.
    let id: UInt64
    private let state = Mutex(State.awaited)
    private let isDecided = DispatchSemaphore(value: 0)

    init(id: UInt64) { self.id = id }

    /// Gives the request; false where the connection is gone already.
    func give(_ request: HTTPRequest, _ reply: CurlLoop.Reply) -> Bool {
        let isAwaited = state.withLock { state in
            guard case .awaited = state else { return false }
            state = .given(request, reply)
            return true
        }
        if isAwaited { isDecided.signal() }
        return isAwaited
    }

    /// Lets the connection go unused.
    func abandon() {
        let isAwaited = state.withLock { state in
            guard case .awaited = state else { return false }
            state = .over
            return true
        }
        if isAwaited { isDecided.signal() }
    }

    /// Waits for the request, or returns nil where none comes.
    func wait() -> (request: HTTPRequest, reply: CurlLoop.Reply)? {
        isDecided.wait()
        return take()
    }

    /// Ends it, and returns what was given and nobody took.
    func take() -> (request: HTTPRequest, reply: CurlLoop.Reply)? {
        state.withLock { state in
            defer { state = .over }
            guard case .given(let request, let reply) = state else { return nil }
            return (request, reply)
        }
    }
}
