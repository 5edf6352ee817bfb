import Foundation
import InjectTesting
import LogMasking
import Testing

@Suite("Base64")
struct Base64FormTests {
    // printf '%s' "${prefix}Password123!${suffix}" | base64; the first six rows are the GitHub runner's own cases.
    @Test(
        "what surrounds the value decides only the characters at its edges",
        arguments: [
            ("", "", "UGFzc3dvcmQxMjMh", "***"),
            (":", "", "OlBhc3N3b3JkMTIzIQ==", "Ol***"),
            ("a:", "", "YTpQYXNzd29yZDEyMyE=", "YTp***"),
            ("ab:", "", "YWI6UGFzc3dvcmQxMjMh", "YWI6***"),
            ("abc:", "", "YWJjOlBhc3N3b3JkMTIzIQ==", "YWJjOl***"),
            ("x", "t", "eFBhc3N3b3JkMTIzIXQ=", "eF***XQ="),
            ("xy", "ta", "eHlQYXNzd29yZDEyMyF0YQ==", "eHl***F0YQ=="),
            ("", "\n", "UGFzc3dvcmQxMjMhCg==", "***Cg=="),
        ]
    )
    func surroundings(prefix: String, suffix: String, encoded: String, masked: String) throws {
        #expect(Data("\(prefix)Password123!\(suffix)".utf8).base64EncodedString() == encoded)
        #expect(try Masking(["Password123!"], "x \(encoded) y").text == "x \(masked) y")
    }

    // python3 -c 'import base64; print(base64.b64encode(b"…"), base64.urlsafe_b64encode(b"…"))'
    @Test(
        "both alphabets, padded or not",
        arguments: [
            ("aHVudGVyMi37//4tc2VjcmV0", "***", "base64"),
            ("aHVudGVyMi37__4tc2VjcmV0", "***", "base64url"),
            ("eGh1bnRlcjIt+//+LXNlY3JldA==", "eG***", "base64"),
            ("eGh1bnRlcjIt-__-LXNlY3JldA", "eG***", "base64url"),
            ("eHlodW50ZXIyLfv//i1zZWNyZXQ=", "eHl***", "base64"),
            ("eHlodW50ZXIyLfv__i1zZWNyZXQ", "eHl***", "base64url"),
        ]
    )
    func alphabets(encoded: String, masked: String, form: String) throws {
        let value = Array("hunter2-".utf8) + [0xFB, 0xFF, 0xFE] + Array("-secret".utf8)
        let masking = try Masking(patterns(of: value), [Array(encoded.utf8)[...]])
        #expect(masking.text == masked)
        #expect(masking.report.entries == [.init(name: "A", count: 1, form: form, firstLine: 1)])
    }

    @Test("an encoding of fewer than eight characters is not searched for")
    func minimum() throws {
        #expect(try Masking(["abcde"], "YWJjZGVm YWJjZGU=").text == "YWJjZGVm ***")
    }

    @Test("at most a character at each edge of the value stays in sight", arguments: 0..<300)
    func leak(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(random.below(255) + 1) } }
        let value = [0x21] + bytes(7 + random.below(40)) + [0x21]
        let (prefix, suffix) = (bytes(random.below(7)), bytes(random.below(7)))
        var encoded = Data(prefix + value + suffix).base64EncodedString()
        if random.below(2) == 0 { encoded = String(encoded.prefix { $0 != "=" }) }
        if random.below(2) == 0 { encoded = encoded.replacing("+", with: "-").replacing("/", with: "_") }
        let masked = try Masking(patterns(of: value), [Array(encoded.utf8)[...]]).text
        let before = encoded.prefix((prefix.count * 8 + 5) / 6)
        let after = encoded.dropFirst((prefix.count + value.count) * 8 / 6)
        #expect(masked.hasPrefix(before + "***"), "seed \(seed)")
        #expect(after.hasSuffix(masked.dropFirst(before.count + 3)), "seed \(seed)")
    }
}
