internal import Synchronization

/// A store that forgets everything with its process; replays over a restart are then only kept out by the tokens' age.
package final class InMemoryTokenStore: TokenStore {
    private struct UseKey: Hashable {
        let issuer: [UInt8]
        let id: [UInt8]

        init(_ use: TokenUse) { (issuer, id) = (Array(use.issuer.utf8), use.id) }

        func hash(into hasher: inout Hasher) {
            id.withUnsafeBytes { hasher.combine(bytes: $0) }
        }
    }

    private struct State {
        var tokens: [TokenDigest: IssuedToken] = [:]
        var unrecorded: Set<TokenDigest> = []
        var uses: [UseKey: Int64] = [:]
    }

    private let state = Mutex(State())

    /// Makes an empty store.
    package init() {}

    /// Checks and inserts under one lock.
    package func issue(_ token: IssuedToken) async throws(BrokerFault) -> Bool {
        state.withLock { state in
            guard state.uses.updateValue(token.use.forgettableAt, forKey: UseKey(token.use)) == nil else {
                return false
            }
            state.tokens[token.digest] = token
            state.unrecorded.insert(token.digest)
            return true
        }
    }

    /// Removes both under one lock.
    package func withdraw(_ token: IssuedToken) async throws(BrokerFault) {
        state.withLock { state in
            state.uses.removeValue(forKey: UseKey(token.use))
            state.unrecorded.remove(token.digest)
            state.tokens.removeValue(forKey: token.digest)
        }
    }

    /// Forgets that the record was missing.
    package func markRecorded(_ digest: TokenDigest) async throws(BrokerFault) {
        _ = state.withLock { $0.unrecorded.remove(digest) }
    }

    /// Looks the token up.
    package func token(_ digest: TokenDigest) async throws(BrokerFault) -> IssuedToken? {
        state.withLock { $0.tokens[digest] }
    }

    /// Removes the token.
    package func revoke(_ digest: TokenDigest) async throws(BrokerFault) -> IssuedToken? {
        state.withLock { state in
            state.unrecorded.remove(digest)
            return state.tokens.removeValue(forKey: digest)
        }
    }

    /// Finds the tokens without a record.
    package func unrecorded() async throws(BrokerFault) -> [IssuedToken] {
        state.withLock { state in state.unrecorded.compactMap { state.tokens[$0] } }
    }

    /// Removes what is old.
    @discardableResult
    package func forget(before time: Int64) async throws(BrokerFault) -> Int {
        state.withLock { state in
            let count = state.tokens.count + state.uses.count
            state.tokens = state.tokens.filter { $0.value.expiresAt >= time }
            state.uses = state.uses.filter { $0.value >= time }
            return count - state.tokens.count - state.uses.count
        }
    }

    /// Memory can always be written.
    package func check() async throws(BrokerFault) {}
}
