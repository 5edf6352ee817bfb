package import Diagnostics

/// One node of a YAML document, with its place in the text.
package struct YAMLNode: Sendable {
    /// What the node holds.
    package indirect enum Content: Sendable {
        /// Text; YAML's own types are never applied, so `no` and `0400` stay what was written.
        case scalar(String)
        /// A list, in order.
        case sequence([YAMLNode])
        /// Keys and values in order; no two keys have the same bytes.
        case mapping([Pair])
    }

    /// A key and its value.
    package struct Pair: Sendable {
        /// The key's text.
        package let key: String
        /// Where the key stands.
        package let keySpan: SourceSpan
        /// The value.
        package let value: YAMLNode
    }

    /// What the node holds.
    package let content: Content
    /// Where it stands.
    package let span: SourceSpan

    /// What kind of node it is, as a message names it.
    package var kind: String {
        switch content {
        case .scalar: "text"
        case .sequence: "a list"
        case .mapping: "a map"
        }
    }
}
