/// The characters of a text's base64 that depend on the text alone, whatever stands before and after it.
///
/// It is made character by character, so that no copy of a secret is, and can be encoded once more.
struct Base64Core<Text: Sequence>: Sequence where Text.Element == UInt8 {
    let text: Text
    /// How many bytes of a group of three stand before the text.
    let offset: Int
    let alphabet: Base64Alphabet

    /// The character behind the last, of the bits that are left: those after the text are zero, as at a text's end.
    var end: UInt8 {
        var iterator = makeIterator()
        while iterator.next() != nil {}
        return iterator.last
    }

    func makeIterator() -> Iterator {
        Iterator(text: text.makeIterator(), shared: (6 - offset * 8 % 6) % 6, alphabet: alphabet)
    }

    struct Iterator: IteratorProtocol {
        private var text: Text.Iterator
        /// How many of the first bits belong to a character that the text before has bits of.
        private var shared: Int
        private let alphabet: Base64Alphabet
        /// Bits read, and how many of the lowest are still to be written.
        private var window: UInt32 = 0
        private var count = 0

        init(text: Text.Iterator, shared: Int, alphabet: Base64Alphabet) {
            (self.text, self.shared, self.alphabet) = (text, shared, alphabet)
        }

        @inline(__always)
        mutating func next() -> UInt8? {
            while count < 6 {
                guard let byte = text.next() else { return nil }
                window = window << 8 | UInt32(byte)
                count += 8 - shared
                shared = 0
            }
            count -= 6
            return alphabet[window >> UInt32(count)]
        }

        /// The character of the bits that are left.
        var last: UInt8 { alphabet[window << UInt32(6 - count)] }
    }
}
