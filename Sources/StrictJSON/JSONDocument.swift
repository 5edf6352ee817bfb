/// An index over a JSON text (RFC 8259), read strictly: what two readers could disagree on is an error.
///
/// The document does not hold the text, so the text can stay in locked memory; only the names of members are copied.
package struct JSONDocument: Sendable {
    /// The one value of the text.
    package let root: JSONNode

    /// Reads all of `text`.
    package init(indexing text: UnsafeRawBufferPointer, limits: JSONLimits) throws(JSONError) {
        var parser = try JSONParser(text: text, limits: limits)
        root = try parser.document()
    }

    /// Reads text that is no secret, such as a claims file.
    package init(_ text: [UInt8], limits: JSONLimits) throws(JSONError) {
        let result: Result<JSONDocument, JSONError> = text.withUnsafeBytes { bytes in
            do throws(JSONError) {
                return .success(try JSONDocument(indexing: bytes, limits: limits))
            } catch {
                return .failure(error)
            }
        }
        self = try result.get()
    }
}
