import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("PowerShell's encoded commands")
struct EncodedCommandFormTests {
    @Test("base64 of UTF-16 is masked but for its edges", arguments: 0..<50)
    func insideText(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        func text(_ count: Int) -> String {
            String((0..<count).map { _ in Character(UnicodeScalar(UInt8(0x21 + random.below(0x5E)))) })
        }
        let value = text(8 + random.below(20))
        let (prefix, suffix) = (text(random.below(7)), text(1 + random.below(7)))
        let bytes = Array((prefix + value + suffix).utf16).flatMap { [UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)] }
        let shown = Data(bytes).base64EncodedString()
        let (first, end) = ((2 * prefix.utf8.count * 8 + 5) / 6, (prefix.utf8.count + value.utf8.count) * 2 * 8 / 6)
        #expect(try Masking([value], shown).text == shown.prefix(first) + "***" + shown.dropFirst(end), "seed \(seed)")
    }

    @Test("it has its name")
    func name() throws {
        try EncodedValue("hunter2!", "aAB1AG4AdABlAHIAMgAhA", "powershell -EncodedCommand").expectMasked(
            as: "encoded-command")
    }

    @Test(
        "another value stays, and of a value outside ASCII nothing is looked for",
        arguments: ["aAB1AG4AdABlAHIAMwAhA", "aAD8AG4AdABlAHIAMgAhA"])
    func nearMiss(text: String) throws { #expect(try Masking(["hunter2!", "hünter2!"], text).text == text) }
}
