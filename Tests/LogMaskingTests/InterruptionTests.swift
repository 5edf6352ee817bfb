import LogMasking
import Testing

@Suite("Interrupted values")
struct InterruptionTests {
    @Test(
        "what a terminal or a wrapping tool puts between a value's bytes does not show it",
        arguments: [
            ("hunter2-hunter2", "<\u{1B}[31mh\u{1B}[0munter2-hunter2>", "<\u{1B}[31m***>"),
            ("hunter2-hunter2", "hunter2-\n  hunter2.", "***."),
            ("correct horse battery", "correct  horse\n\tbattery.", "***."),
            ("hunter2-hunter2-hunter2", "aHVudGVyMi1odW50\nZXIyLWh1bnRlcjI=\n", "***\n"),
            ("hunter2-hunter2", "68756e746572322d\n68756e74657232\n", "***\n"),
            // An escape of the value's own stands before the break.
            ("hunter\u{1B}[1m2-hunter2", "hunter\u{1B}[1m2-\nhunter2.", "***."),
        ]
    )
    func masked(value: String, text: String, expected: String) throws {
        for pieces in threePieces(Array(text.utf8)) {
            let masking = try Masking(MaskPatterns(named([value])), pieces)
            #expect(masking.text == expected)
            #expect(masking.report.entries.map(\.form) == ["interrupted"])
        }
    }

    @Test(
        "lines of a key are found like values, and lines of words are not",
        arguments: [
            ("BEGIN the KEY\nhunter2-hunter2\nhunter3-hunter3", "hunter2-\nhunter2\nhunter3-hun\nter3.", "***\n***."),
            ("BEGIN the KEY\nhunter2-hunter2", "hunt\u{1B}[31mer2\u{1B}[0m-hunter2.", "***."),
            ("BEGIN the KEY\nhunter2-hunter2", "BEGIN the\nKEY.", "BEGIN the\nKEY."),
        ]
    )
    func lines(value: String, text: String, expected: String) throws {
        for pieces in threePieces(Array(text.utf8)) {
            #expect(try Masking(MaskPatterns(named([value])), pieces).text == expected)
        }
    }

    @Test("a colour of 24 bits before each byte, and the usual one behind it, do not show a value")
    func rainbow() throws {
        let value = "9Kq2x7Lm4ZtR9Kq2x7Lm4ZtR"
        let shown = value.map { "\u{1B}[38;2;243;100;129m\($0)\u{1B}[39m" }.joined()
        let masked = "\u{1B}[38;2;243;100;129m***\u{1B}[39m"
        #expect(try Masking([value], shown).text == masked)
        let bytes = Array(shown.utf8)
        #expect(try Masking(MaskPatterns(named([value])), bytes.indices.map { bytes[$0...$0] }).text == masked)
    }

    @Test(
        "near misses stay",
        arguments: ["hunter2- hunter2", "hun\nter2-hunter2", "hunter2-\n\nhunter3", "hunter2-\u{1B}]hunter2"]
    )
    func nearMisses(text: String) throws {
        #expect(try Masking(["hunter2-hunter2"], text).text == text)
    }
}
