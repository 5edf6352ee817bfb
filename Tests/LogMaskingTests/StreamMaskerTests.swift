import InjectTesting
import LogMasking
import Secrets
import Testing

@Suite("StreamMasker")
struct StreamMaskerTests {
    static func pieces(_ text: [UInt8], cutAt cuts: [Int]) -> [[UInt8]] {
        let ends = cuts.sorted() + [text.count]
        return zip([0] + ends, ends).map { Array(text[$0..<$1]) }
    }

    /// Whatever the cuts, output and report are those of the whole, and the output is the oracle's.
    static func check(_ text: [UInt8], _ secrets: [[UInt8]], _ context: String) throws {
        let patterns = try MaskPatterns(raw: Masking.values(secrets))
        let expected = NaiveMasker.mask(text, secrets)
        let whole = try Masking.run(patterns, [text])
        #expect(whole.output == expected, "\(context): whole")
        for first in 0...text.count {
            for second in first...text.count {
                let result = try Masking.run(patterns, pieces(text, cutAt: [first, second]))
                guard result.output == expected, result.report == whole.report else {
                    Issue.record("\(context): cut at \(first) and \(second)")
                    return
                }
            }
        }
    }

    @Test("over two letters, every secret up to 4 in every text up to 7, at every 2- and 3-way split")
    func exhaustive() throws {
        func words(_ count: Int) -> [[UInt8]] {
            (0..<(1 << count)).map { bits in (0..<count).map { bits >> $0 & 1 == 0 ? 0x61 : 0x62 } }
        }
        for secret in (1...4).flatMap(words) {
            for text in (5...7).flatMap(words) { try Self.check(text, [secret], "\(secret) in \(text)") }
        }
    }

    @Test("several overlapping secrets in random texts, at every 2- and 3-way split", arguments: 0..<400)
    func random(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let letters = 2 + random.below(2)
        let word = { (count: Int, random: inout SeededRandom) in
            (0..<count).map { _ in UInt8(0x61 + random.below(letters)) }
        }
        let secrets = (0...random.below(4)).map { _ in word(1 + random.below(6), &random) }
        try Self.check(word(4 + random.below(18), &random), secrets, "seed \(seed)")
    }

    @Test("byte by byte, exactly the longest proper prefix of a pattern is held back", arguments: 0..<300)
    func holdsBackTheLeast(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed) &+ 9_000)
        let word = { (count: Int, random: inout SeededRandom) in (0..<count).map { _ in UInt8(0x61 + random.below(2)) }
        }
        let secrets = (0...random.below(3)).map { _ in word(1 + random.below(7), &random) }
        let text = word(40, &random)
        var masker = try StreamMasker(MaskPatterns(raw: Masking.values(secrets)))
        for (index, byte) in text.enumerated() {
            try [byte].withUnsafeBytes { try masker.write($0) { _ in } }
            #expect(masker.heldCount == NaiveMasker.held(Array(text[...index]), secrets), "seed \(seed) at \(index)")
        }
    }

    @Test(
        "a text that only looks like a secret passes byte for byte",
        arguments: ["hunter2-hunter", "unter2-hunter2", "HUNTER2-HUNTER2", "hunter2 hunter2", "", "\u{0}\u{FF}"]
    )
    func nearMisses(text: String) throws {
        #expect(try Masking.text(Masking.patterns("hunter2-hunter2"), text) == text)
    }

    @Test(
        "adjacent and overlapping matches are one mask",
        arguments: [
            ("secretsecret", "***"), ("secret secret", "*** ***"), ("xsecretsecretx", "x***x"),
            ("secretre", "***"), ("secretresecret", "***"), ("secresecret", "secre***"),
        ]
    )
    func merging(text: String, masked: String) throws {
        let patterns = try MaskPatterns(raw: Masking.values([Array("secret".utf8), Array("retre".utf8)]))
        #expect(try Masking.text(patterns, text) == masked)
    }

    @Test("a secret that overlaps itself is caught across writes")
    func selfOverlap() throws {
        let patterns = try MaskPatterns(raw: Masking.values([Array("abac".utf8)]))
        let result = try Masking.run(patterns, [Array("aba".utf8), Array("bac".utf8)])
        #expect(String(decoding: result.output, as: UTF8.self) == "ab***")
    }

    @Test("a prompt, a progress bar and a colour come out at once")
    func nothingHeldWithoutNeed() throws {
        for text in ["Password: ", "\r 42 %", "\u{1B}[31mred\u{1B}[0m", "no line break"] {
            var masker = try StreamMasker(Masking.patterns("hunter2-hunter2"))
            var output: [UInt8] = []
            try Array(text.utf8).withUnsafeBytes { try masker.write($0) { output += $0 } }
            #expect(String(decoding: output, as: UTF8.self) == text)
        }
    }

    @Test("a value added while streaming is masked from what is held back onward", arguments: 0...12)
    func adding(cut: Int) throws {
        let text = Array("aabab-secret".utf8)
        var masker = try StreamMasker(MaskPatterns(raw: Masking.values([Array("aababx".utf8)])))
        var output: [UInt8] = []
        try text[..<cut].withUnsafeBytes { try masker.write($0) { output += $0 } }
        let before = output
        try masker.add(MaskedValue(name: "LATE", value: Masking.secret("abab-secret".utf8)))
        try text[cut...].withUnsafeBytes { try masker.write($0) { output += $0 } }
        masker.finish { output += $0 }
        let rest = Array(text.dropFirst(before.count))
        #expect(output == before + NaiveMasker.mask(rest, [Array("abab-secret".utf8)]))
    }

    @Test("the report names the secret, its form and its first line")
    func report() throws {
        let text = "first\nhunter2-hunter2 and aHVudGVyMi1odW50ZXIy\nhunter2-hunter2\nS3cret-value\n"
        let patterns = try Masking.patterns("hunter2-hunter2", "never-printed", "S3cret-value")
        let report = try Masking.run(patterns, [Array(text.utf8)]).report
        #expect(
            report.entries == [
                .init(name: "S0", count: 3, form: "literal", firstLine: 2),
                .init(name: "S2", count: 1, form: "literal", firstLine: 4),
            ]
        )
    }

    @Test("two names of one value are both reported")
    func sharedValue() throws {
        let report = try Masking.run(Masking.patterns("same-value", "same-value"), [Array("same-value".utf8)]).report
        #expect(report.entries.map(\.name) == ["S0", "S1"])
    }

    @Test(
        "values that would shred a log are not masked and are said",
        arguments: [
            ("abc", UnmaskableValue.Reason.tooShort), ("", .tooShort), ("true", .tooCommon), ("True", .tooCommon),
            ("PROD", .tooCommon), ("    ", .blank), ("\n\n\n\n\n", .blank),
        ]
    )
    func unmaskable(value: String, reason: UnmaskableValue.Reason) throws {
        let patterns = try Masking.patterns(value)
        #expect(patterns.unmaskable == [.init(name: "S0", reason: reason)])
        let log = "abc true True PROD      \n\n\n\n\n\n"
        #expect(try Masking.text(patterns, log) == log)
    }

    @Test("one value of a million writes needs no more memory than its longest pattern")
    func flat() throws {
        var masker = try StreamMasker(Masking.patterns("hunter2-hunter2"))
        let line = Array("a line of a log with a hunter2-hunter in it\n".utf8)
        for _ in 0..<20_000 { try line.withUnsafeBytes { try masker.write($0) { _ in } } }
        #expect(masker.heldCount == 0)
    }
}
