/// The 64 characters of a base64 (RFC 4648, tables 1 and 2).
struct Base64Alphabet: Sendable {
    static let standard = Base64Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
    static let urlSafe = Base64Alphabet("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

    private let characters: StaticString

    private init(_ characters: StaticString) { self.characters = characters }

    /// The character for the lowest six bits.
    subscript(bits: UInt32) -> UInt8 { characters.utf8Start[Int(bits & 63)] }
}
