import Diagnostics
import Testing

@Suite("Diagnostic, as text")
struct DiagnosticTextTests {
    static let source = SourceText(
        name: "inject.yaml",
        bytes: Array("version: \"1\"\nwhen: { ref: \"refs/heads/*\" }\nné: ab\u{1B}c\n".utf8)
    )

    @Test("one about the run is prefixed, because it stands in a log")
    func aboutTheRun() {
        let diagnostic = Diagnostic(.init("token-expired"), "the token expired", [.note("a\nb"), .help("ask again")])
        #expect(
            diagnostic.text == """
                inject: error[token-expired]: the token expired
                  = note: a
                          b
                  = help: ask again

                """
        )
    }

    @Test("what a file says cannot begin a line, or steer a terminal")
    func hostileText() {
        let name = "x\n::stop-commands::a\u{1B}[2J\r\n\u{2028}"
        let shown = "x\u{FFFD}::stop-commands::a\u{FFFD}[2J\u{FFFD}\u{FFFD}"
        let diagnostic = Diagnostic(
            .init("job"), "job `\(name)`", at: .line(file: name, line: 1), [.note("a\u{1B}\nb\r")])
        #expect(
            diagnostic.text
                == "error[job]: job `\(shown)`\n  --> \(shown):1\n  = note: a\u{FFFD}\n          b\u{FFFD}\n")
        #expect(!diagnostic.githubAnnotation.contains("\u{1B}"))
    }

    @Test("one about a place shows the line and a caret below it")
    func aboutAPlace() {
        let span = SourceSpan(Self.source, 25..<39)
        let diagnostic = Diagnostic(
            .init("wide"),
            "any branch can read this",
            at: .span(span, label: "any branch"),
            [.help("pin it")]
        )
        #expect(
            diagnostic.text == """
                error[wide]: any branch can read this
                 --> inject.yaml:2:13
                  |
                2 | when: { ref: "refs/heads/*" }
                  |             ^^^^^^^^^^^^^^ any branch
                  |
                  = help: pin it

                """
        )
    }

    @Test("columns count characters, and control characters are not echoed")
    func charactersNotBytes() {
        let offset = Self.source.offset(ofLine: 3) + "né: ".utf8.count
        let diagnostic = Diagnostic(
            .warning, .init("odd"), "odd", at: .span(SourceSpan(Self.source, offset..<offset + 4), label: nil))
        #expect(
            diagnostic.text == """
                warning[odd]: odd
                 --> inject.yaml:3:5
                  |
                3 | né: ab\u{FFFD}c
                  |     ^^^^

                """
        )
    }

    @Test(
        "of a long line the part around the place is shown, with the caret below it",
        arguments: [("a", 0), ("a", 50), ("a", 5_000), ("a", 9_990), ("é", 0), ("é", 5_000), ("é", 9_990)]
    )
    func longLine(filler: String, place: Int) throws {
        let text = String(repeating: filler, count: place) + "HERE" + String(repeating: filler, count: 9_996 - place)
        let source = SourceText(name: "a.yaml", bytes: Array(text.utf8))
        let start = place * filler.utf8.count
        let found = Diagnostic(.init("x"), "x", at: .span(SourceSpan(source, start..<start + 4), label: nil))
        let lines = found.text.split(separator: "\n")
        #expect(lines[1] == " --> a.yaml:1:\(place + 1)")
        #expect(lines[3].count < 420)
        let caret = try #require(lines[4].firstIndex(of: "^"))
        let column = lines[4].distance(from: lines[4].startIndex, to: caret)
        #expect(lines[3].dropFirst(column).prefix(4) == "HERE")
        #expect(lines[4].count { $0 == "^" } == 4)
        #expect(lines[3].contains("…"))
    }

    @Test("a line that may hold a value is named and not shown")
    func lineOnly() {
        let diagnostic = Diagnostic(.init("dotenv"), "the quote is not closed", at: .line(file: ".env.local", line: 3))
        #expect(diagnostic.text == "error[dotenv]: the quote is not closed\n  --> .env.local:3\n")
    }

    @Test("an annotation escapes what would end it")
    func annotation() {
        let diagnostic = Diagnostic(
            .init("wide"),
            "100% of\nbranches",
            at: .line(file: "a,b:c.yaml", line: 7),
            [.help("pin it")]
        )
        #expect(
            diagnostic.githubAnnotation
                == "::error file=a%2Cb%3Ac.yaml,line=7,title=wide::100%25 of%0Abranches%0Ahelp: pin it\n"
        )
    }

    @Test("an annotation of a span carries its columns")
    func annotatedSpan() {
        let diagnostic = Diagnostic(.init("wide"), "wide", at: .span(SourceSpan(Self.source, 25..<39), label: nil))
        #expect(
            diagnostic.githubAnnotation
                == "::error file=inject.yaml,line=2,col=13,endColumn=27,title=wide::wide\n"
        )
    }
}
