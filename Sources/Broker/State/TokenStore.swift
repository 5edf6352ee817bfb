/// Which scoped tokens there are, and which of the jobs' tokens were used up; `expectConformance` holds every store to this.
///
/// A store throws where it does not know: a caller then refuses.
package protocol TokenStore: Sendable {
    /// Uses up the job's token and keeps the scoped one, unrecorded, in one durable step; returns false, and keeps nothing,
    /// where the job's token was used up before.
    func issue(_ token: IssuedToken) async throws(BrokerFault) -> Bool

    /// Takes back what `issue` did, durably: nobody has seen the token, and the job may show its own again.
    func withdraw(_ token: IssuedToken) async throws(BrokerFault)

    /// Notes that the token's audit record is written; need not be durable.
    func markRecorded(_ digest: TokenDigest) async throws(BrokerFault)

    /// The token of a digest, unless it was revoked or forgotten; whether it has expired is the caller's to see.
    func token(_ digest: TokenDigest) async throws(BrokerFault) -> IssuedToken?

    /// Makes a token open nothing any more, durably; returns it where it did open something.
    func revoke(_ digest: TokenDigest) async throws(BrokerFault) -> IssuedToken?

    /// Every token of this node that was not noted as recorded: the node stopped before that, perhaps before the record.
    func unrecorded() async throws(BrokerFault) -> [IssuedToken]

    /// Forgets tokens that expired before a time, and uses of tokens that are refused for their age; returns how many.
    @discardableResult
    func forget(before time: Int64) async throws(BrokerFault) -> Int

    /// Throws unless the store can be written to.
    func check() async throws(BrokerFault)
}
