/// Why a text is not the JSON we accept; never holds any of the text.
package struct JSONError: Error, Hashable, Sendable {
    /// The kind of mistake.
    package enum Code: String, Sendable {
        /// The text is longer than the limit.
        case tooLong
        /// Arrays and objects nest deeper than the limit.
        case tooDeep
        /// There are more members and elements than the limit.
        case tooManyMembers
        /// The text starts with a byte-order mark (RFC 8259, section 8.1, lets a parser refuse it).
        case byteOrderMark
        /// The text ends in the middle of a value.
        case unexpectedEnd
        /// A byte stands where the grammar has no place for it.
        case unexpectedByte
        /// A number does not follow the grammar, such as `01` or `1.`.
        case malformedNumber
        /// A string holds a raw control character.
        case controlCharacter
        /// A backslash is followed by something that is no escape.
        case malformedEscape
        /// An escape names half of a surrogate pair.
        case loneSurrogate
        /// A string is not valid UTF-8.
        case invalidUTF8
        /// Two members of an object have the same name once escapes are resolved.
        case duplicateMember
        /// Something follows the value.
        case trailingBytes
    }

    /// The kind of mistake.
    package let code: Code
    /// The byte offset at which it was noticed.
    package let offset: Int
}
