/// How a job's token becomes a scoped, short-lived one.
package enum PolicyExchange: Hashable, Sendable {
    /// STS `AssumeRoleWithWebIdentity`.
    case aws(role: String, region: String)
    /// RFC 8693 at a broker, whose URL is also the audience of the tokens it takes.
    case broker(url: String)
}
