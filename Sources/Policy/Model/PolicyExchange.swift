/// How a job's token becomes a scoped, short-lived one.
package enum PolicyExchange: Hashable, Sendable {
    /// STS `AssumeRoleWithWebIdentity`.
    case aws(role: String, region: String)
    /// RFC 8693 at a broker.
    case broker(url: String)
}
