import Foundation
import InjectTesting
import JOSE
import Testing

@Suite("Base64URL")
struct Base64URLTests {
    @Test("it agrees with an independent encoder", arguments: 0..<200)
    func agreement(seed: Int) {
        var random = SeededRandom(seed: UInt64(seed))
        let bytes = (0..<random.below(70)).map { _ in UInt8(random.below(256)) }
        let foundation = Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        #expect(Base64URL.encode(bytes) == Array(foundation.utf8))
        #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
    }

    @Test("of all texts of up to three characters, exactly the canonical ones decode")
    func canonical() {
        let alphabet = Array("AQgw_-=+/ .".utf8)
        var texts: [[UInt8]] = [[]]
        for _ in 0..<3 { texts += texts.flatMap { text in alphabet.map { text + [$0] } } }
        for text in texts {
            guard let decoded = Base64URL.decode(text) else { continue }
            #expect(Base64URL.encode(decoded) == text)
        }
        #expect(Base64URL.decode(Array("AB".utf8)) == nil)
        #expect(Base64URL.decode(Array("AA".utf8)) == [0])
    }
}
