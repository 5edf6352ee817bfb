/// The characters of a text's base64 that depend on the text alone, whatever stands before and after it.
///
/// It is made character by character, so that no copy of a secret is, and can be encoded once more.
struct Base64Core<Text: RandomAccessCollection>: RandomAccessCollection
where Text.Element == UInt8, Text.Index == Int {
    /// Its first index is 0.
    let text: Text
    /// How many bytes of a group of three stand before the text.
    let offset: Int
    /// The characters for 62 and 63.
    let last: (UInt8, UInt8)

    private var first: Int { (offset * 8 + 5) / 6 }
    var startIndex: Int { 0 }
    var endIndex: Int { Swift.max((offset + text.count) * 8 / 6 - first, 0) }

    subscript(place: Int) -> UInt8 { character(first + place) }

    /// The character behind the last: bits after the text are zero, as at a text's end.
    var end: UInt8 { character(first + count) }

    private func character(_ number: Int) -> UInt8 {
        let (byte, bit) = (number * 6 - offset * 8).quotientAndRemainder(dividingBy: 8)
        let next = byte + 1 < text.count ? text[byte + 1] : 0
        let window = UInt16(text[byte]) << 8 | UInt16(next)
        let sextet = UInt8(truncatingIfNeeded: window >> UInt16(10 - bit)) & 63
        return switch sextet {
        case 0..<26: UInt8(ascii: "A") + sextet
        case 26..<52: UInt8(ascii: "a") + sextet - 26
        case 52..<62: UInt8(ascii: "0") + sextet - 52
        case 62: last.0
        default: last.1
        }
    }
}
