package import Diagnostics
package import JOSE

/// Keys that are given and never change, such as those of a file.
package struct StaticKeySource: KeySource {
    private let given: IssuerKeys

    /// Wraps a set.
    package init(_ set: JWKSet) { given = IssuerKeys(set: set) }

    /// Reads a JWKS; `name` is what a message calls it.
    package init(json: [UInt8], name: String) throws(Diagnostic) {
        let result: Result<JWKSet, JOSEError> = json.withUnsafeBytes { bytes in
            do throws(JOSEError) {
                return .success(try JWKSet(parsing: bytes))
            } catch {
                return .failure(error)
            }
        }
        switch result {
        case .success(let set): self.init(set)
        case .failure(let error):
            throw Diagnostic(.issuerKeysRefused, "`\(name)` is not a key set that can be used: \(error.detail)")
        }
    }

    /// The keys.
    package func keys() async throws(Diagnostic) -> IssuerKeys { given }

    /// Nothing: what is given is all there is.
    package func keys(newerThan seen: IssuerKeys) async throws(Diagnostic) -> IssuerKeys? { nil }
}
