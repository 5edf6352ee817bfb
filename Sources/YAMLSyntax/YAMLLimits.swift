/// How much YAML a reader accepts before it stops.
package struct YAMLLimits: Sendable {
    /// The longest text, in bytes.
    package let bytes: Int
    /// How deep lists and maps may nest.
    package let depth: Int
    /// How many nodes the document may have.
    package let nodes: Int

    /// The limits of a policy file.
    package static let policy = YAMLLimits(bytes: 256 * 1024, depth: 16, nodes: 5_000)
}
