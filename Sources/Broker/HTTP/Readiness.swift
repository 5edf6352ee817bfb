/// Whether a broker can do its work, and what is in the way.
package struct Readiness: Sendable {
    private let tokens: any TokenStore
    private let policies: PolicyLibrary

    /// Looks at these.
    package init(tokens: any TokenStore, policies: PolicyLibrary) {
        self.tokens = tokens
        self.policies = policies
    }

    /// What is in the way, a line each.
    func failures() async -> [String] {
        var failures: [String] = []
        if policies.isStale { failures.append("the policies could not be read; the last good ones are in force") }
        do throws(BrokerFault) { try await tokens.check() } catch { failures.append("the state cannot be written") }
        return failures
    }
}
