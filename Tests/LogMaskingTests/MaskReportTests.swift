import LogMasking
import Testing

@Suite("The report")
struct MaskReportTests {
    private func report(_ values: [(String, String)], _ text: String) throws -> [MaskReport.Entry] {
        let patterns = try MaskPatterns(values.map { try MaskedValue($0, $1.utf8) })
        return try Masking(patterns, [Array(text.utf8)[...]]).report.entries
    }

    @Test("it counts masked runs and names the first one's line in the output")
    func counting() throws {
        let text = "one\ntwo line-1-a\nline-2-b four\nsecond secret\nsecond secret\n"
        #expect(
            try report([("KEY", "line-1-a\nline-2-b"), ("OTHER", "second secret"), ("UNSEEN", "unseen")], text) == [
                .init(name: "KEY", count: 1, form: "literal", firstLine: 2),
                .init(name: "OTHER", count: 2, form: "literal", firstLine: 3),
            ]
        )
    }

    @Test("a run of several matches counts once for each name in it")
    func onceARun() throws {
        #expect(
            try report([("A", "alpha"), ("B", "bravo")], "alphabravoalpha bravo") == [
                .init(name: "A", count: 1, form: "literal", firstLine: 1),
                .init(name: "B", count: 2, form: "literal", firstLine: 1),
            ]
        )
    }

    @Test("two secrets of one value are both credited, and one inside another as well")
    func sharedValues() throws {
        #expect(
            try report([("A", "password1"), ("B", "password1"), ("C", "word1")], "password1") == [
                .init(name: "A", count: 1, form: "literal", firstLine: 1),
                .init(name: "B", count: 1, form: "literal", firstLine: 1),
                .init(name: "C", count: 1, form: "literal", firstLine: 1),
            ]
        )
    }

    @Test("the form is that of the longest match of the first run")
    func form() throws {
        #expect(
            try report([("A", "hunter2")], "aHVudGVyMg== 68756e74657232 hunter2") == [
                .init(name: "A", count: 3, form: "base64", firstLine: 1)
            ]
        )
        #expect(
            try report([("A", "hunter2")], "hunter268756e74657232") == [
                .init(name: "A", count: 1, form: "hex", firstLine: 1)
            ]
        )
    }

    @Test("values under one name share an entry; names that differ in their bytes do not")
    func names() throws {
        #expect(try report([("A", "first-1"), ("A", "second-2")], "first-1 second-2").map(\.count) == [2])
        #expect(
            try report([("\u{E9}", "first-1"), ("e\u{301}", "second-2")], "first-1 second-2").map(\.count) == [1, 1])
    }

    @Test("it says nothing of what is still held back")
    func whileHeld() throws {
        var masker = try StreamMasker(MaskPatterns(named(["alpha", "xalphabet"])))
        var output: [UInt8] = []
        masker.write(Array("xalpha".utf8)[...], to: &output)
        #expect(masker.report.entries.isEmpty)
        masker.finish(to: &output)
        #expect(masker.report.entries == [.init(name: "A", count: 1, form: "literal", firstLine: 1)])
    }

    @Test("a value added later takes its place behind the others, whose counts go on")
    func afterAdding() throws {
        var masker = try StreamMasker(MaskPatterns(named(["alpha"])))
        var output: [UInt8] = []
        masker.write(Array("alpha bravo\n".utf8)[...], to: &output)
        try masker.add(MaskedValue("B", "bravo".utf8))
        masker.write(Array("alpha bravo\n".utf8)[...], to: &output)
        masker.finish(to: &output)
        #expect(
            masker.report.entries == [
                .init(name: "A", count: 2, form: "literal", firstLine: 1),
                .init(name: "B", count: 1, form: "literal", firstLine: 2),
            ]
        )
    }
}
