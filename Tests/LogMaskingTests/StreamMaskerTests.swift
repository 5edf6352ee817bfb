import InjectTesting
import LogMasking
import Testing

@Suite("StreamMasker")
struct StreamMaskerTests {
    @Test(
        "matches that overlap or touch make one mask",
        arguments: [
            ("secret-1secret-1", ["secret-1"], "***"),
            ("secret-1 secret-1", ["secret-1"], "*** ***"),
            ("abcdefgh", ["abcd", "efgh"], "***"),
            ("abcdefgh", ["abcdef", "cdefgh"], "***"),
            ("abcdefgh", ["abcdefgh", "cdef"], "***"),
            ("abcdef", ["abcdefgh", "cdef"], "ab***"),
            ("abacabacabac.", ["abac"], "***."),
            ("------BEGIN", ["-----BEGIN"], "-***"),
            ("tok_aaaatok_aaab", ["tok_aaab", "tok_aaaac"], "tok_aaaa***"),
        ]
    )
    func merging(text: String, values: [String], expected: String) throws {
        for pieces in threePieces(Array(text.utf8)) {
            #expect(try Masking(MaskPatterns(named(values)), pieces).text == expected)
        }
    }

    @Test("a secret that overlaps itself does not slip through two writes")
    func selfOverlap() throws {
        let pieces = ["aba", "bac"].map { Array($0.utf8)[...] }
        #expect(try Masking(patterns(of: "abac".utf8), pieces).text == "ab***")
    }

    @Test("bytes that begin no pattern are let out at once, and others when they cannot become one")
    func promptness() throws {
        var masker = try StreamMasker(patterns(of: "hunter2".utf8))
        var output: [UInt8] = []
        func afterWriting(_ text: String) -> String {
            masker.write(Array(text.utf8)[...], to: &output)
            return String(decoding: output, as: UTF8.self)
        }
        #expect(afterWriting("Password? ") == "Password? ")
        #expect(afterWriting("\r10 %\u{1B}[0m") == "Password? \r10 %\u{1B}[0m")
        output = []
        #expect(afterWriting("hunt") == "")
        #expect(masker.heldCount == 4)
        #expect(afterWriting("") == "")
        #expect(afterWriting("ing.") == "hunting.")
        #expect(afterWriting("hunter2") == "hunting.***")
        #expect(afterWriting("h") == "hunting.***")
        masker.finish(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "hunting.***h")
    }

    @Test("what is let out lies in the input wherever it came with it")
    func slices() throws {
        var masker = try StreamMasker(patterns(of: "hunter2".utf8))
        let input = Array("first hunter2 then hun".utf8)
        var offsets: [Range<Int>] = []
        input.withUnsafeBytes { bytes in
            masker.write(bytes) { slice in
                guard let start = bytes.baseAddress, let other = slice.baseAddress else { return }
                let offset = other - start
                if bytes.indices.contains(offset) { offsets.append(offset..<offset + slice.count) }
            }
        }
        #expect(offsets == [0..<6, 13..<19])
    }

    @Test("the mask can be any text, and none", arguments: ["***", "", "[hidden]", "*\n*"])
    func maskText(mask: String) throws {
        let masking = try Masking(["hunter2"], "a hunter2 b\nhunter2", options: MaskOptions(mask: mask))
        #expect(masking.text == "a \(mask) b\n\(mask)")
    }

    @Test("a value added in the middle is masked from the first byte held back", arguments: 0...16)
    func adding(place: Int) throws {
        let text = Array("new-token held-1".utf8)
        var masker = try StreamMasker(patterns(of: "held-12345".utf8))
        var output: [UInt8] = []
        masker.write(text[..<place], to: &output)
        try masker.add(MaskedValue("T", "new-token".utf8))
        masker.write(text[place...], to: &output)
        masker.finish(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == (place == 0 ? "*** held-1" : "new-token held-1"))
    }

    @Test("a value added while its beginning is held back is masked whole")
    func addingToHeldBytes() throws {
        var masker = try StreamMasker(patterns(of: "token-abc-and-much-more-than-that".utf8))
        var output: [UInt8] = []
        masker.write(Array("x token-abc-and-".utf8)[...], to: &output)
        try masker.add(MaskedValue("T", "token-abc".utf8))
        #expect(masker.heldCount == 14)
        masker.write(Array("then".utf8)[...], to: &output)
        masker.finish(to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "x ***-and-then")
        #expect(masker.report.entries == [.init(name: "T", count: 1, form: "literal", firstLine: 1)])
    }

    @Test("no values, no change", arguments: ["", "plain\n\u{0}\u{1B}[31m"])
    func nothingToMask(text: String) throws {
        #expect(try Masking([], text).text == text)
    }

    @Test("every byte value passes and is masked")
    func everyByte() throws {
        let all = (0...255).map { UInt8($0) }
        let masking = try Masking(patterns(of: all.dropFirst(0x21)), [(all + all)[...]])
        #expect(masking.output == all.prefix(0x21) + Array("***".utf8) + all.prefix(0x21) + Array("***".utf8))
    }

    @Test(
        "a value of 64 KiB is masked, and one of 2 KiB that is written byte by byte",
        arguments: [(1 << 16, 999), (1 << 11, 1)])
    func longValue(length: Int, step: Int) throws {
        var random = SeededRandom(seed: 64)
        let value = (0..<length).map { _ in UInt8(random.below(64) + 0x30) }
        let text = [1] + value.dropLast() + value + [2]
        let masking = try Masking(
            patterns(of: value),
            stride(from: 0, to: text.count, by: step).map { text[$0..<min($0 + step, text.count)] }
        )
        #expect(masking.output == [1] + value.dropLast() + Array("***".utf8) + [2])
    }
}
