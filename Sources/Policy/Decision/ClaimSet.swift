/// A token's claims as the policy sees them: names and values as bytes, and an absent claim is not an empty one.
///
/// Only claims that are text can be matched. Whether the claims were verified is the caller's business and is said by the
/// initialiser that was used.
package struct ClaimSet: Sendable {
    private let values: [[UInt8]: [UInt8]]
    /// Whether the claims are a verified token's.
    package let isVerified: Bool

    /// The claims of a verified token; of two claims with the same name the first counts.
    package init(verified claims: [(name: [UInt8], value: [UInt8])]) {
        values = Dictionary(claims.map { ($0.name, $0.value) }) { first, _ in first }
        isVerified = true
    }

    /// Claims that somebody asks about; a decision over them answers a question and opens nothing.
    package init(assumed claims: [(name: [UInt8], value: [UInt8])]) {
        values = Dictionary(claims.map { ($0.name, $0.value) }) { first, _ in first }
        isVerified = false
    }

    /// The value of the claim with these bytes as its name.
    package subscript(_ name: String) -> [UInt8]? { values[Array(name.utf8)] }
}
