/// A text is not the XML that AWS writes; holds nothing of the text.
package struct XMLError: Error, Hashable, Sendable {
    /// The byte offset at which it was noticed.
    package let offset: Int
}
