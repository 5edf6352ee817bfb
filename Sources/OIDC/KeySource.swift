package import Diagnostics

/// Where the keys of one issuer come from.
package protocol KeySource: Sendable {
    /// Keys that may be used now.
    func keys() async throws(Diagnostic) -> IssuerKeys

    /// Keys newer than those in which a token's `kid` was not found, or nil where there are none to be had now.
    func keys(newerThan seen: IssuerKeys) async throws(Diagnostic) -> IssuerKeys?
}
