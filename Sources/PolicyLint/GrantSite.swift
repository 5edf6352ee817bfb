package import Policy

/// A grant, in its environment.
package struct GrantSite: Sendable {
    /// The environment.
    package let environment: PolicyEnvironment
    /// The grant.
    package let grant: Grant

    /// The patterns that the grant itself puts on a claim; nil where it puts none.
    func patterns(of claim: String) -> [ClaimPattern]? { grant.condition(on: claim)?.patterns }

    /// Whether the grant says something about a claim.
    func names(_ claim: String) -> Bool { grant.condition(on: claim) != nil }

    /// Whether the grant wants one of a few exact values of a claim.
    func pins(_ claim: String) -> Bool {
        grant.condition(on: claim).map { $0.isExact && !$0.patterns.isEmpty } ?? false
    }
}
