/// The grammar of GITHUB_OUTPUT, GITHUB_ENV and GITHUB_STATE, as the runner reads them.
///
/// Source: actions/runner, `FileCommandManager.cs`: empty lines are skipped; whichever of `=` and `<<` comes first
/// decides; a delimiter stands alone on its line.
enum StepFileGrammar {
    /// The runner would fail the step.
    struct Invalid: Error {
        let line: String
    }

    static func pairs(_ text: String) throws -> [(name: String, value: String)] {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
        var pairs: [(name: String, value: String)] = []
        while let line = lines.popFirst() {
            guard !line.isEmpty else { continue }
            let equals = line.firstIndex(of: "=")
            let heredoc = line.firstRange(of: "<<")
            if let equals, heredoc.map({ equals < $0.lowerBound }) ?? true {
                pairs.append((String(line[..<equals]), String(line[line.index(after: equals)...])))
            } else if let heredoc {
                let delimiter = line[heredoc.upperBound...]
                guard let end = lines.firstIndex(of: delimiter) else { throw Invalid(line: String(line)) }
                pairs.append((String(line[..<heredoc.lowerBound]), lines[..<end].joined(separator: "\n")))
                lines = lines[(end + 1)...]
            } else {
                throw Invalid(line: String(line))
            }
        }
        return pairs
    }
}
