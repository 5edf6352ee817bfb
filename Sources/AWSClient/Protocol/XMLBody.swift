package import Secrets

/// A body that is XML as AWS's query protocol writes it: elements and text.
///
/// Document types, and with them entities of one's own, are refused; attributes, comments and namespaces carry nothing here
/// and are passed over.
package struct XMLBody: Sendable {
    /// The name of the outermost element.
    package let root: String
    private let leaves: [XMLReader.Leaf]
    private let body: SecretBytes

    /// Reads a body whole.
    package init(_ body: SecretBytes) throws(XMLError) {
        let document = try body.withExposedBytes { (text) throws(XMLError) -> XMLReader.Document in
            var reader = XMLReader(text)
            return try reader.document()
        }
        root = document.root
        leaves = document.leaves
        self.body = body
    }

    /// The text of the element at a path below the root, where it is no secret.
    package func text(at path: [String]) -> String? {
        guard let leaf = leaf(at: path) else { return nil }
        return body.withExposedBytes { String(decoding: XMLReader.decoded($0[leaf.text]), as: UTF8.self) }
    }

    /// The text of the element at a path below the root, where it is secret.
    package func secret(at path: [String]) throws(SecretMemoryError) -> SecretBytes? {
        guard let leaf = leaf(at: path) else { return nil }
        var buffer = try SecretBuffer(capacity: leaf.text.count)
        try body.withExposedBytes { (text) throws(SecretMemoryError) in
            try XMLReader.decode(text[leaf.text], into: &buffer)
        }
        return buffer.finish()
    }

    /// The paths of the elements that hold text, in the order of the document.
    package var paths: [[String]] { leaves.map(\.path) }

    private func leaf(at path: [String]) -> XMLReader.Leaf? {
        leaves.first { $0.path.elementsEqual(path) { $0.utf8.elementsEqual($1.utf8) } }
    }
}
