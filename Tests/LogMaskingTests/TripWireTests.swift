import InjectTesting
import LogMasking
import Testing

@Suite("The trip wire of the search")
struct TripWireTests {
    /// All texts over two letters behind a third: a text without the third has every gram and no pattern.
    private static let patterns = texts(ofLength: 6).map { RawPattern(name: "N", bytes: [0x63] + $0) }

    private static let hostile: [UInt8] = {
        var random = SeededRandom(seed: 1)
        return (0..<300_000).map { _ in UInt8(ascii: "a") + UInt8(random.below(2)) }
    }()

    @Test("a hostile stream goes to the automaton and back, and nothing changes for the reader")
    func tripsAndComesBack() throws {
        let patterns = try MaskPatterns(raw: Self.patterns)
        let calm = (0..<400).flatMap { Array("line \($0) of an ordinary log, with nothing in it\n".utf8) }
        let occurrence = Self.patterns[7].bytes
        let block = calm + occurrence
        var masker = try StreamMasker(patterns)
        var output: [UInt8] = []
        masker.write(block[...], to: &output)
        #expect(masker.usesAutomaton == false)
        masker.write((Self.hostile + occurrence)[...], to: &output)
        #expect(masker.usesAutomaton == true)
        // It comes back a mebibyte later.
        let times = (1 << 20) / block.count + 2
        for _ in 0..<times { masker.write(block[...], to: &output) }
        #expect(masker.usesAutomaton == false)
        masker.finish(to: &output)
        var expected = calm + Array("***".utf8) + Self.hostile + Array("***".utf8)
        for _ in 0..<times { expected += calm + Array("***".utf8) }
        #expect(output == expected)
    }

    @Test("around the trip, output and report are the oracle's", arguments: [1, 500, 4096])
    func sameAsOracle(step: Int) throws {
        let text = Array(Self.hostile.prefix(4000)) + Self.patterns[3].bytes + Array("\nand so on\n".utf8)
        let oracle = NaiveMasker(Self.patterns.map { NaivePattern(name: $0.name, form: $0.form, bytes: $0.bytes) })
        let pieces = stride(from: 0, to: text.count, by: step).map { text[$0..<min($0 + step, text.count)] }
        #expect(try Masking(MaskPatterns(raw: Self.patterns), pieces) == Masking(oracle.result(of: text)))
    }
}
