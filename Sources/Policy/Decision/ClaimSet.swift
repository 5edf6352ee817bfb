/// A token's claims as the policy sees them: names and values as bytes, and an absent claim is not an empty one.
///
/// Only claims that are text can be matched. Whether the claims were verified is the caller's business and is said by the
/// initialiser that was used.
package struct ClaimSet: Sendable {
    private let claims: [(name: [UInt8], value: [UInt8])]
    /// Whether the claims are a verified token's.
    package let isVerified: Bool

    /// The claims of a verified token; of two claims with the same name the first counts.
    package init(verified claims: [(name: [UInt8], value: [UInt8])]) {
        self.claims = claims
        isVerified = true
    }

    /// Claims that somebody asks about; a decision over them answers a question and opens nothing.
    ///
    /// Of two claims with the same name the first counts.
    package init(assumed claims: [(name: [UInt8], value: [UInt8])]) {
        self.claims = claims
        isVerified = false
    }

    /// The value of the claim with these bytes as its name.
    package subscript(_ name: String) -> [UInt8]? {
        let count = name.utf8.count
        return claims.first { $0.name.count == count && $0.name.elementsEqual(name.utf8) }?.value
    }
}
