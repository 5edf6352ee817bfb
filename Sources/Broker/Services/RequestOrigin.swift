/// Where a request came from.
package struct RequestOrigin: Hashable, Sendable {
    /// The client's address.
    package let address: String
    /// What it calls itself.
    package let userAgent: String?

    /// Describes an origin.
    package init(address: String, userAgent: String? = nil) {
        self.address = address
        self.userAgent = userAgent
    }
}
