/// An object's members in the order of the text; no two have the same name unless the limits allowed it.
package struct JSONObject: Sendable {
    /// One member.
    package struct Member: Sendable {
        /// The name's bytes with escapes resolved.
        package let name: [UInt8]
        /// The bytes of the text that the name is, without its quotes.
        package let range: Range<Int>
        /// The value.
        package let value: JSONNode
    }

    /// The members, in order.
    package let members: [Member]

    /// The value of the member with exactly these bytes as its name.
    package subscript(_ name: String) -> JSONNode? {
        let count = name.utf8.count
        return members.first { $0.name.count == count && $0.name.elementsEqual(name.utf8) }?.value
    }
}
