import InjectTesting
import LogMasking
import Testing

/// Random streams with line breaks, escapes and white space in the patterns, against the oracle.
@Suite("Masking of interrupted patterns")
struct InterruptedStreamTests {
    struct Case {
        let raw: MaskPatterns
        let oracle: NaiveMasker
        let text: [UInt8]

        init(_ random: inout SeededRandom) throws {
            let letters = Array("abc \u{1B}[".utf8.prefix(2 + random.below(5)))
            func word(_ length: Int) -> [UInt8] {
                [0x61] + (2..<length).map { _ in letters[random.below(letters.count)] } + [0x62]
            }
            let kinds: [(Interruption, NaivePattern.Interruption)] = [
                (.none, .none), (.afterHead, .afterHead), (.anywhere, .anywhere),
            ]
            let patterns = (0...random.below(4)).map { _ in (word(6 + random.below(9)), kinds[random.below(3)]) }
            raw = try MaskPatterns(
                raw: patterns.map { RawPattern(name: "A", bytes: $0.0, interruption: $0.1.0) }
            )
            oracle = NaiveMasker(
                patterns.map { NaivePattern(name: "A", bytes: $0.0, interruption: $0.1.1) }
            )
            let noise = [
                "\n", "\r\n", "\n   ", "\u{1B}[31m", "\u{1B}(B", " ", "\t", "\u{1B}", "\u{1B}[", "\u{1B}]0", "",
            ]
            var text: [UInt8] = []
            for _ in 0..<random.below(5) {
                let pattern = patterns[random.below(patterns.count)].0
                let breaks = Set((0..<random.below(4)).map { _ in random.below(pattern.count) })
                for (place, byte) in pattern.enumerated() {
                    if breaks.contains(place) { text += Array(noise[random.below(noise.count)].utf8) }
                    text.append(byte)
                }
                if random.below(3) == 0 { text += Array(noise[random.below(noise.count)].utf8) }
                if random.below(3) == 0 { text = text.dropLast(random.below(4)) }
            }
            self.text = text
        }
    }

    @Test("output and report are the oracle's, whatever the writes", arguments: 0..<1500)
    func sameAsOracle(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let example = try Case(&random)
        let expected = Masking(example.oracle.result(of: example.text))
        for pieces in [[example.text[...]], example.text.indices.map { example.text[$0...$0] }] {
            for prefersAutomaton in [false, true] {
                let found = try Masking(example.raw, pieces, prefersAutomaton: prefersAutomaton)
                #expect(
                    found == expected, "seed \(seed): \(String(decoding: example.text, as: UTF8.self).debugDescription)"
                )
            }
        }
        for _ in 0..<4 {
            #expect(try Masking(example.raw, pieces(example.text, &random)) == expected, "seed \(seed)")
        }
    }

    @Test("after every write, no byte more is held back than may become a match", arguments: 0..<500)
    func holdsBackTheMinimum(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let example = try Case(&random)
        var masker = try StreamMasker(example.raw)
        var ignored: [UInt8] = []
        for end in example.text.indices {
            masker.write(example.text[end...end], to: &ignored)
            let expected = example.oracle.heldCount(after: Array(example.text[...end]))
            #expect(masker.heldCount == expected, "seed \(seed) at \(end)")
        }
    }
}
