import Foundation
import InjectTesting
import JOSE
import Secrets
import Testing

@Suite("Base64url")
struct Base64URLTests {
    /// RFC 4648, section 10, without padding.
    @Test(
        "published texts are encoded as published",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ]
    )
    func published(plain: String, encoded: String) {
        #expect(Base64URL.encode(Array(plain.utf8)) == encoded)
        #expect(Trial.decode(encoded) == Array(plain.utf8))
    }

    @Test(
        "a text that encoding would not give back is refused",
        arguments: [
            "A", "AAAAA", "Zg==", "Zg=", "=", "Zm8=", "Zm9v=", "Zm9v====", "+_8A", "/_8A", "Zm 9v", " Zm9v", "Zm9v\n",
            "Zm\r9v", "Zm9v\0", "Zh", "Zi", "Z/", "Zm9", "Zn9", "Zm.v", "Zm9v,", "Zm9\u{e9}", "ＡＡＡＡ",
        ]
    )
    func notCanonical(text: String) {
        #expect(Trial.decode(text) == nil)
    }

    @Test("of all texts of up to two bytes, exactly those decode that encode a byte")
    func exhaustive() {
        let canonical = Set((0...255).map { Base64URL.encode([UInt8($0)]) })
        #expect(canonical.count == 256)
        for first in UInt8.min...UInt8.max {
            #expect([first].withUnsafeBytes { Base64URL.decode($0) } == nil)
            for second in UInt8.min...UInt8.max {
                let text = [first, second]
                let decoded = text.withUnsafeBytes { Base64URL.decode($0) }
                let isCanonical = String(validating: text, as: UTF8.self).map(canonical.contains) ?? false
                #expect((decoded != nil) == isCanonical)
            }
        }
    }

    @Test("it agrees with Foundation, into arrays and into locked memory", arguments: 0..<60)
    func oracle(seed: UInt64) throws {
        var random = SeededRandom(seed: seed)
        let bytes = (0..<random.below(200)).map { _ in UInt8(random.below(256)) }
        let expected = Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
        #expect(Base64URL.encode(bytes) == expected)
        #expect(Trial.decode(expected) == bytes)
        var buffer = try SecretBuffer(capacity: 1)
        try bytes.withUnsafeBytes { try Base64URL.encode($0, to: &buffer) }
        #expect(Trial.bytes(buffer.finish()) == Array(expected.utf8))
    }

    @Test("too little room decodes nothing")
    func room() {
        let text = Array("Zm9v".utf8)
        for room in 0...4 {
            var output = [UInt8](repeating: 0, count: room)
            let count = text.withUnsafeBytes { text in
                output.withUnsafeMutableBytes { Base64URL.decode(text, into: $0) }
            }
            #expect(count == (room < 3 ? nil : 3))
        }
    }
}
