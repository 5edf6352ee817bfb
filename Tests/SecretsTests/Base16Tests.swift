import InjectTesting
import Secrets
import Testing

@Suite("Base16")
struct Base16Tests {
    @Test("bytes and digits are one for the other", arguments: 0..<40)
    func roundTrip(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let bytes = (0..<random.below(70)).map { _ in UInt8(random.below(256)) }
        let digits = Hexadecimal.text(bytes)
        #expect(Base16.text(bytes) == digits)
        #expect(Base16.bytes(digits.utf8) == bytes)
    }

    @Test(
        "what the digits of no bytes are is refused",
        arguments: ["0", "000", "0g", "g0", "0A", "FF", "0x00", " 00", "0\u{660}"])
    func refused(text: String) {
        #expect(Base16.bytes(text.utf8) == nil)
    }
}
