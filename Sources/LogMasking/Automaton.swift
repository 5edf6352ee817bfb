internal import Secrets

/// An Aho-Corasick automaton over bytes: after each byte, its state is the longest prefix of any pattern that the text
/// ends with.
///
/// How much of it can still become a longer match is exactly what a masker has to hold back. The nodes spell out the
/// patterns, so they lie in locked pages.
final class Automaton: Sendable {
    /// One state; indices are into the nodes, and 0 is the root or, as a child or sibling, nothing.
    struct Node {
        var firstChild: Int32 = 0
        var nextSibling: Int32 = 0
        /// The state for the longest proper suffix that is a prefix of a pattern.
        var failure: Int32 = 0
        /// The nearest state along the failures, itself included, at which a pattern ends; 0 for none.
        var output: Int32 = 0
        /// How many bytes long the prefix is.
        var depth: Int32 = 0
        /// How many bytes of it can still become more: the longest suffix that is a proper prefix of a pattern.
        var open: Int32 = 0
        /// The first of the patterns that end here, or -1.
        var pattern: Int32 = -1
        var byte: UInt8 = 0
    }

    /// A pattern, in a list of those that end at one state.
    struct Ending: Sendable {
        let secret: Int
        let form: Int
        let next: Int32
    }

    private let nodes: SecretBytes
    private let rootRow: [Int32]
    let endings: [Ending]
    /// The longest pattern, in bytes.
    let longest: Int

    init(_ sink: PatternSink) throws(SecretMemoryError) {
        var builder = AutomatonBuilder(capacity: sink.count + 1)
        sink.withTexts { texts in
            for pattern in sink.patterns {
                builder.insert(UnsafeRawBufferPointer(rebasing: texts[pattern.range]), pattern.secret, pattern.form)
            }
        }
        builder.link()
        rootRow = builder.rootRow
        endings = builder.endings
        longest = builder.longest
        nodes = try builder.takeNodes()
    }

    /// Lends the nodes and the root's dense row to the matching loop.
    func withTables<Result>(
        _ body: (UnsafePointer<Node>, UnsafeBufferPointer<Int32>) -> Result
    ) -> Result? {
        nodes.withExposedBytes { bytes in
            guard let base = bytes.baseAddress else { return nil }
            return rootRow.withUnsafeBufferPointer { body(base.assumingMemoryBound(to: Node.self), $0) }
        }
    }
}
