internal import Diagnostics

extension DotenvSource {
    var noMemory: Diagnostic { Diagnostic(.secretUnreadable, "there is no memory for `\(name)`") }

    /// What is wrong with a line, which itself is never shown.
    ///
    /// A key is shown only if it is plain ASCII, so that no file can steer the terminal.
    func failure(
        _ message: String,
        _ id: Diagnostic.ID = .dotenvSyntax,
        key: [UInt8]? = nil,
        line: Int? = nil,
        help: String
    ) -> Diagnostic {
        let isPlain = key.map { !$0.isEmpty && $0.allSatisfy { (0x21...0x7E).contains($0) } } ?? false
        let subject = isPlain ? key.map { "`\(String(decoding: $0, as: UTF8.self))`: " } ?? "" : ""
        return Diagnostic(id, subject + message, at: .line(file: name, line: line ?? self.line), [.help(help)])
    }

    func unterminated(_ key: [UInt8], _ line: Int) -> Diagnostic {
        failure(
            "the quote is never closed",
            .dotenvUnterminatedQuote,
            key: key,
            line: line,
            help: "close it; a value over several lines ends with the same quote"
        )
    }
}
