/// What a claim can be in tokens of one row of the model.
struct ClaimShape: Hashable, Sendable {
    /// The values.
    let language: Language
    /// Values that it cannot have although the language holds them.
    var excluded: Language?
    /// Whether the token may lack the claim.
    var canBeAbsent = false

    static func exactly(_ text: String) -> ClaimShape { ClaimShape(language: .text(text)) }

    static let anything = ClaimShape(language: .anything, canBeAbsent: true)
}
