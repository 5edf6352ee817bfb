package import Diagnostics
package import HTTPTransport

/// The keys of one issuer over time, fetched no more often than needed.
///
/// Keys older than 10 minutes are still used while new ones are fetched. Where no fetch ended within 20 minutes, one is
/// waited for, so that a key that the issuer withdrew in the meantime does not count. The last keys serve up to 24 hours
/// if the issuer is down; then verification fails. Once there are keys, a fetch starts at most every 30 seconds, however
/// many tokens name an unknown key. There is one fetch at a time, so an older reply cannot replace a newer set.
package actor JWKSCache: KeySource {
    private static let softAge: Int64 = 600
    private static let waitAge: Int64 = 1200
    private static let hardAge: Int64 = 24 * 3600
    private static let pause: Int64 = 30

    private let download: KeyDownload
    private let now: @Sendable () -> Int64
    private var current: IssuerKeys?
    private var lastStart: Int64?
    private var lastEnd: Int64?
    private var flight: Task<Result<IssuerKeys, Diagnostic>, Never>?

    /// A cache of an issuer's keys; `now` is seconds since the Unix epoch.
    ///
    /// With `trustsLoopback`, keys may also come over plain HTTP from this machine.
    package init(
        _ issuer: IssuerConfiguration,
        http: any HTTPClient,
        trustsLoopback: Bool = false,
        now: @escaping @Sendable () -> Int64
    ) {
        download = KeyDownload(issuer: issuer, http: http, trustsLoopback: trustsLoopback)
        self.now = now
    }

    /// Keys that may be used now; waits only where there are none, or nobody asked lately.
    package func keys() async throws(Diagnostic) -> IssuerKeys {
        let time = now()
        guard let current, time - current.fetchedAt < Self.hardAge else { return try await nextKeys() }
        guard !(0..<Self.softAge).contains(time - current.fetchedAt) else { return current }
        if mayStart(at: time) { startFlight() }
        // In an outage the first one waits, and not everybody again every 30 seconds.
        guard !isLately(lastEnd, at: time), let flight else { return current }
        return (try? await flight.value.get()) ?? current
    }

    /// Newer keys, unless a fetch would come too soon after the last one.
    package func keys(newerThan seen: IssuerKeys) async throws(Diagnostic) -> IssuerKeys? {
        if let current, current.generation > seen.generation { return current }
        guard flight != nil || mayStart(at: now()) else { return nil }
        return try await nextKeys()
    }

    /// A clock that was set back must not stop the fetching.
    private func mayStart(at time: Int64) -> Bool {
        guard flight == nil else { return false }
        guard let lastStart else { return true }
        return !(0..<Self.pause).contains(time - lastStart)
    }

    /// A clock that was set back tells nothing.
    private func isLately(_ end: Int64?, at time: Int64) -> Bool {
        end.map { (0..<Self.waitAge).contains(time - $0) } ?? false
    }

    private func nextKeys() async throws(Diagnostic) -> IssuerKeys {
        try await (flight ?? startFlight()).value.get()
    }

    @discardableResult
    private func startFlight() -> Task<Result<IssuerKeys, Diagnostic>, Never> {
        lastStart = now()
        // A task of its own: whoever asked first may be cancelled while others still wait.
        let task = Task { land(await download.keys()) }
        flight = task
        return task
    }

    private func land(_ result: Result<KeyDownload.Reply, Diagnostic>) -> Result<IssuerKeys, Diagnostic> {
        flight = nil
        lastEnd = now()
        return result.map { reply in
            let keys = IssuerKeys(
                set: reply.set,
                fetchedAt: now(),
                serverTime: reply.serverTime,
                generation: (current?.generation ?? 0) + 1
            )
            current = keys
            return keys
        }
    }
}
