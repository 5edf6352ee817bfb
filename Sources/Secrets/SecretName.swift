/// A secret's name, which is also the environment variable it is delivered as: `[A-Za-z_][A-Za-z0-9_]*`, at most 255
/// bytes (POSIX.1-2017, section 8.1, and portable shells).
package struct SecretName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name's text, ASCII only.
    package let text: String

    /// Returns nil unless `text` can name an environment variable in every shell.
    package init?(_ text: String) {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= 255, !Self.isDigit(first) else { return nil }
        guard bytes.allSatisfy({ Self.isLetter($0) || Self.isDigit($0) || $0 == UInt8(ascii: "_") }) else { return nil }
        self.text = text
    }

    /// The name's text.
    package var description: String { text }

    /// Orders names by their bytes.
    package static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }
}
