/// How much JSON a reader accepts before it stops.
package struct JSONLimits: Sendable {
    /// The longest text, in bytes.
    package let bytes: Int
    /// How deep arrays and objects may nest; a scalar alone has depth 0.
    package let depth: Int
    /// How many members and elements all objects and arrays may have together.
    package let members: Int
    /// Whether an object may name a member twice, as RFC 8259 lets it (section 4, "SHOULD be unique").
    ///
    /// False wherever a decision hangs on the document; true measures the grammar alone, and the first member wins.
    package let allowsDuplicateMembers: Bool

    /// Sets the limits.
    package init(bytes: Int, depth: Int, members: Int, allowsDuplicateMembers: Bool = false) {
        self.bytes = bytes
        self.depth = depth
        self.members = members
        self.allowsDuplicateMembers = allowsDuplicateMembers
    }

    /// For a token's header and payload.
    package static let token = JSONLimits(bytes: 16 * 1024, depth: 8, members: 256)
    /// For a key set: GitHub's is about 5 KiB.
    package static let keySet = JSONLimits(bytes: 100 * 1024, depth: 8, members: 4096)
    /// For other documents: answers of stores, files of claims and values.
    package static let document = JSONLimits(bytes: 16 * 1024 * 1024, depth: 64, members: 1 << 20)
}
