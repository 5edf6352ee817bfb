package import JOSE

/// An issuer's keys, and when they were had.
package struct IssuerKeys: Sendable {
    /// The keys.
    package let set: JWKSet
    /// Our clock when they came, in seconds since the Unix epoch.
    package let fetchedAt: Int64
    /// The server's clock at the same moment, where it said.
    package let serverTime: Int64?
    /// Grows with every set of one source, so that two sets can be told apart.
    package let generation: Int

    /// Describes keys.
    package init(set: JWKSet, fetchedAt: Int64 = 0, serverTime: Int64? = nil, generation: Int = 0) {
        self.set = set
        self.fetchedAt = fetchedAt
        self.serverTime = serverTime
        self.generation = generation
    }
}
