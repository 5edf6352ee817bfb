import InjectTesting
import Testing

@testable import Injection

@Suite("Workflow commands of a command's output")
struct WorkflowCommandFilterTests {
    private func filtered(_ pieces: [some Collection<UInt8>]) -> String {
        var filter = WorkflowCommandFilter()
        var output: [UInt8] = []
        for piece in pieces { Array(piece).withUnsafeBytes { filter.append($0, to: &output) } }
        filter.finish(&output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(
        "what the runner would obey is text, and everything else is as it was",
        arguments: [
            ("::error::x\n", ": :error::x\n"), ("  ::add-path::x", "  : :add-path::x"),
            ("\t\u{A0}\u{3000}::stop-commands::t", "\t\u{A0}\u{3000}: :stop-commands::t"),
            ("a\n::x::\r::y::\r\n::z::", "a\n: :x::\r: :y::\r\n: :z::"),
            ("text ##[error]x", "text ## [error]x"), ("###[group]", "### [group]"), ("##[a]##[b]", "## [a]## [b]"),
            ("std::vector", "std::vector"), ("a ::b::", "a ::b::"), (":x:", ":x:"), ("#[x]", "#[x]"),
            ("# #[x]", "# #[x]"), ("##\n[x]", "##\n[x]"), (":\n:", ":\n:"), ("", ""), (":", ":"), (":::", ": ::"),
            ("::\n::x", ": :\n: :x"), ("::a::add-mask::x", ": :a::add-mask::x"), ("::add-mask:", ": :add-mask:"),
            ("::add-mask ::x", ": :add-mask ::x"), ("::add-masks::x", ": :add-masks::x"),
            ("::Add-mask::x", ": :Add-mask::x"), ("::add-mask\r::x", ": :add-mask\r: :x"),
        ]
    )
    func commands(input: String, output: String) {
        #expect(filtered([Array(input.utf8)]) == output)
        for cut in 0...input.utf8.count {
            let (first, second) = (input.utf8.prefix(cut), input.utf8.dropFirst(cut))
            #expect(filtered([Array(first), Array(second)]) == output)
        }
    }

    @Test(
        "a value to mask is still told, and nothing besides",
        arguments: [
            ("::add-mask::x\n", "::add-mask::x\n"), ("  ::add-mask::x", "  ::add-mask::x"),
            ("a\n::add-mask::::b::\n::c::", "a\n::add-mask::::b::\n: :c::"),
            ("\n::add-mask::a##[b]\n##[c]", "\n::add-mask::a##[b]\n## [c]"),
            // In none of these lines is it certain that the runner takes them for a mask.
            ("::add-mask::##[b]", "::add-mask::## [b]"), ("\né::add-mask::##[b]", "\né::add-mask::## [b]"),
            ("\n\u{1F}::add-mask::##[b]", "\n\u{1F}::add-mask::## [b]"),
        ]
    )
    func masks(input: String, output: String) { commands(input: input, output: output) }

    /// What the runner does with a line, by its own source: trim it, look for a command at its start or a bracket within.
    private static func isCommand(_ line: Substring) -> Bool {
        line.drop { $0.isWhitespace }.hasPrefix("::") || line.contains("##[")
    }

    @Test("no line of any output is a command for the runner, and without commands nothing changes")
    func random() {
        var random = SeededRandom(seed: 11)
        let alphabet = Array("::##[[ \t\n\ra]é\u{A0}")
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...12, using: &random)
            let text = String((0..<count).map { _ in alphabet[Int.random(in: 0..<alphabet.count, using: &random)] })
            let output = filtered([Array(text.utf8)])
            let lines = output.split { $0 == "\n" || $0 == "\r" || $0 == "\r\n" }
            #expect(!lines.contains(where: Self.isCommand), "\(text.debugDescription)")
            #expect(output.utf8.filter { $0 != 0x20 } == text.utf8.filter { $0 != 0x20 })
        }
    }
}
