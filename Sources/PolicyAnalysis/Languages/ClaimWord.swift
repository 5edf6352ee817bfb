import Policy

/// How claims that GitHub makes of one another are read as parts of one word.
///
/// `workflow_ref` is `OWNER/NAME/.github/workflows/FILE@REF`: it holds the owner, the repository and mostly the ref, so a
/// condition on any of them is a condition on a part of it. Markers, which no text can hold, end the parts.
enum ClaimWord {
    static let ownerEnd: UInt8 = 0xFF
    static let repositoryEnd: UInt8 = 0xFE
    static let fileEnd: UInt8 = 0xFD
    static let markers = ByteSet([ownerEnd, repositoryEnd, fileEnd])

    /// The part of a word that a claim is.
    struct Part: Hashable, Sendable {
        /// The marker behind which it begins; nil for the word's beginning.
        var start: UInt8?
        /// The marker at which it ends; nil for the word's end.
        var end: UInt8?

        static let whole = Part()
    }

    /// The part that a claim is of a workflow's word.
    static func part(of claim: String) -> Part {
        switch claim {
        case "repository_owner": Part(end: ownerEnd)
        case "repository": Part(end: repositoryEnd)
        case "ref": Part(start: fileEnd)
        default: .whole
        }
    }

    /// The value that a part of a word has, without markers.
    static func value(_ word: [UInt8], _ part: Part) -> [UInt8] {
        var slice = word[...]
        if let start = part.start, let index = slice.firstIndex(of: start) { slice = slice[(index + 1)...] }
        if let end = part.end, let index = slice.firstIndex(of: end) { slice = slice[..<index] }
        return slice.filter { !markers.contains($0) }
    }
}
