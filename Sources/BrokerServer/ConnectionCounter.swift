internal import Synchronization

/// Counts connections by address.
final class ConnectionCounter: Sendable {
    private struct State {
        var total = 0
        var counts: [String: Int] = [:]
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    var total: Int { state.withLock { $0.total } }

    /// Takes one more of an address; false where it has as many as it may, if it is limited.
    func open(_ address: String, isLimited: Bool) -> Bool {
        state.withLock { state in
            guard !isLimited || state.counts[address, default: 0] < limit else { return false }
            state.counts[address, default: 0] += 1
            state.total += 1
            return true
        }
    }

    func close(_ address: String) {
        state.withLock { state in
            state.total -= 1
            let rest = state.counts[address, default: 1] - 1
            state.counts[address] = rest > 0 ? rest : nil
        }
    }
}
