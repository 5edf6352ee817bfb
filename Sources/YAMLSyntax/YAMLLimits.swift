/// How much YAML a reader accepts before it stops.
package struct YAMLLimits: Sendable {
    /// The longest text, in bytes.
    package let bytes: Int
    /// How deep lists and maps may nest.
    package let depth: Int
    /// How many nodes the document may have.
    package let nodes: Int

    /// Whether a text may hold line breaks and other characters that cannot be seen.
    package let allowsAnyText: Bool

    /// Describes limits: bytes of text, depth of nesting, and nodes of all kinds.
    package init(bytes: Int, depth: Int, nodes: Int, allowsAnyText: Bool = false) {
        self.allowsAnyText = allowsAnyText
        self.bytes = bytes
        self.depth = depth
        self.nodes = nodes
    }

    /// The limits of a policy file: some 3,000 grants, with no alias to write out.
    package static let policy = YAMLLimits(bytes: 256 * 1024, depth: 16, nodes: 40_000)

    /// The limits of a workflow file; nodes are counted after aliases are written out.
    package static let workflow = YAMLLimits(bytes: 1024 * 1024, depth: 64, nodes: 100_000, allowsAnyText: true)
}
