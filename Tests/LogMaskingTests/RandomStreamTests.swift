import InjectTesting
import LogMasking
import Testing

/// Larger cases against the oracle; a failure prints its seed.
@Suite("Masking of random streams")
struct RandomStreamTests {
    /// A case: patterns that overlap a lot, and a text made of them and of noise.
    struct Case {
        let patterns: [RawPattern]
        let text: [UInt8]
        let prefersAutomaton: Bool

        init(_ random: inout SeededRandom) {
            let shortest = [1, 4, 7][random.below(3)]
            self.init(&random, shortest: shortest)
        }

        init(_ random: inout SeededRandom, shortest: Int) {
            let letters = Array("ab\ncd".utf8.prefix(2 + random.below(4)))
            func word(_ length: Int) -> [UInt8] { (0..<length).map { _ in letters[random.below(letters.count)] } }
            patterns = (0...random.below(6)).map { _ in
                RawPattern(
                    name: "ABC".map(String.init)[random.below(3)],
                    form: "xyz".map(String.init)[random.below(3)],
                    bytes: word(shortest + random.below(9))
                )
            }
            var text: [UInt8] = []
            for _ in 0..<random.below(20) {
                text += random.below(2) == 0 ? word(random.below(6)) : patterns[random.below(patterns.count)].bytes
            }
            self.text = text
            prefersAutomaton = random.below(3) == 0
        }

        /// The masker's patterns, less the last ones.
        func raw(without count: Int = 0) throws -> MaskPatterns {
            try MaskPatterns(raw: patterns.dropLast(count))
        }

        /// The oracle's patterns, of which the last ones are added later.
        func naive(last count: Int = 0, addedAt: Int = 0) -> [NaivePattern] {
            var forms: [String] = []
            for pattern in patterns where !forms.contains(pattern.form) { forms.append(pattern.form) }
            return patterns.enumerated().map { number, pattern in
                NaivePattern(
                    name: pattern.name,
                    form: pattern.form,
                    rank: forms.firstIndex(of: pattern.form) ?? 0,
                    bytes: pattern.bytes,
                    addedAt: number < patterns.count - count ? 0 : addedAt
                )
            }
        }
    }

    @Test("output and report are the oracle's, whatever the writes", arguments: 0..<1500)
    func sameAsOracle(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let example = Case(&random)
        let expected = Masking(NaiveMasker(example.naive()).result(of: example.text))
        let patterns = try example.raw()
        for pieces in [[example.text[...]], example.text.indices.map { example.text[$0...$0] }] {
            #expect(
                try Masking(patterns, pieces, prefersAutomaton: example.prefersAutomaton) == expected, "seed \(seed)")
        }
        for _ in 0..<4 {
            #expect(
                try Masking(patterns, pieces(example.text, &random), prefersAutomaton: example.prefersAutomaton)
                    == expected, "seed \(seed)")
        }
    }

    @Test("after every write, no byte more is held back than may become a match", arguments: 0..<500)
    func holdsBackTheMinimum(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let example = Case(&random)
        let oracle = NaiveMasker(example.naive())
        var masker = try StreamMasker(example.raw(), prefersAutomaton: example.prefersAutomaton)
        var ignored: [UInt8] = []
        for end in example.text.indices {
            masker.write(example.text[end...end], to: &ignored)
            #expect(masker.heldCount == oracle.heldCount(after: Array(example.text[...end])), "seed \(seed) at \(end)")
        }
        masker.finish(to: &ignored)
        #expect(masker.heldCount == 0)
    }

    @Test("patterns added at any place are found from the first byte held back", arguments: 0..<500)
    func addedPatterns(seed: Int) throws {
        var random = SeededRandom(seed: UInt64(seed))
        let example = Case(&random)
        let late = random.below(example.patterns.count)
        let early = try example.raw(without: late)
        let all = try example.raw()
        for place in 0...example.text.count {
            let oracle = NaiveMasker(example.naive(last: late, addedAt: place))
            let expected = Masking(oracle.result(of: example.text))
            var masker = try StreamMasker(early, prefersAutomaton: example.prefersAutomaton)
            var output: [UInt8] = []
            for piece in pieces(Array(example.text[..<place]), &random) { masker.write(piece, to: &output) }
            try masker.use(all)
            for piece in pieces(Array(example.text[place...]), &random) { masker.write(piece, to: &output) }
            masker.finish(to: &output)
            #expect(output == expected.output, "seed \(seed) at \(place)")
            #expect(Set(masker.report.entries) == Set(expected.report.entries), "seed \(seed) at \(place)")
        }
    }
}
