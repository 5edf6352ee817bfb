package import Secrets
package import StrictJSON

/// A body that is JSON, indexed where it lies: what is secret in it goes from locked memory to locked memory.
package struct JSONBody: Sendable {
    /// The value that the body is.
    package let root: JSONNode
    private let body: SecretBytes

    /// Reads a body strictly.
    package init(_ body: SecretBytes, limits: JSONLimits) throws(JSONError) {
        root = try body.withExposedBytes { (text) throws(JSONError) in
            try JSONDocument(indexing: text, limits: limits).root
        }
        self.body = body
    }

    /// A string of the body that is no secret.
    package func text(_ node: JSONNode?) -> String? {
        guard let string = node?.string else { return nil }
        return body.withExposedBytes { String(decoding: string.bytes(in: $0), as: UTF8.self) }
    }

    /// A string of the body that is secret.
    package func secret(_ string: JSONString) throws(SecretMemoryError) -> SecretBytes {
        var buffer = try SecretBuffer(capacity: string.decodedCount)
        try body.withExposedBytes { (text) throws(SecretMemoryError) in
            _ = try buffer.appendUninitialized(capacity: string.decodedCount) { string.decode(from: text, into: $0) }
        }
        return buffer.finish()
    }

    /// The very bytes of a part of the body, such as those of a number.
    package func secret(_ range: Range<Int>) throws(SecretMemoryError) -> SecretBytes {
        try body.withExposedBytes { (text) throws(SecretMemoryError) in
            try SecretBytes(copying: UnsafeRawBufferPointer(rebasing: text[range]))
        }
    }
}
