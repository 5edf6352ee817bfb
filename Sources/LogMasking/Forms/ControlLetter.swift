/// The letters that C, and most languages after it, write behind an escape for the controls from 0x07 to 0x0D.
enum ControlLetter {
    /// The letter; nil for every other byte.
    static func of(_ byte: UInt8) -> UInt8? {
        let letters: StaticString = "abtnvfr"
        guard (0x07...0x0D).contains(byte) else { return nil }
        return letters.utf8Start[Int(byte) - 7]
    }
}
