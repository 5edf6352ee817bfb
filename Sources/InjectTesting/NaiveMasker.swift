/// What masking means, on the whole text at once and without any cleverness: the oracle of the streaming masker.
package struct NaiveMasker: Sendable {
    /// What a name was masked for.
    package struct Count: Hashable, Sendable {
        /// The secret's name.
        package let name: String
        /// In how many runs it has a match.
        package let count: Int
        /// The form of its longest match in the first of them.
        package let form: String
        /// The line of the output on which the first of them is shown.
        package let firstLine: Int
    }

    /// Everything masking gives.
    package struct Result: Hashable, Sendable {
        /// The masked text.
        package let output: [UInt8]
        /// The names that were masked, in the order of the patterns.
        package let counts: [Count]
    }

    private struct Match {
        let range: Range<Int>
        let pattern: NaivePattern
        var isInterrupted = false

        var rank: Int { isInterrupted ? .max : pattern.rank }
        var form: String { isInterrupted ? "interrupted" : pattern.form }
    }

    private let patterns: [NaivePattern]
    private let mask: [UInt8]

    /// A masker of these patterns, in the order in which they were added.
    package init(_ patterns: [NaivePattern], mask: String = "***") {
        self.patterns = patterns.filter { !$0.bytes.isEmpty }
        self.mask = Array(mask.utf8)
    }

    /// Masks a whole text.
    package func result(of text: [UInt8]) -> Result {
        var output: [UInt8] = []
        var runs: [(line: Int, matches: [Match])] = []
        var shown = 0
        for run in Self.runs(of: matches(in: text)) {
            output += text[shown..<run.start]
            runs.append((output.filter { $0 == UInt8(ascii: "\n") }.count + 1, run.matches))
            output += mask
            shown = run.end
        }
        return Result(output: output + text[shown...], counts: counts(runs))
    }

    /// How many bytes at the end of a text may still become part of a match: the longest end that is the beginning of a
    /// pattern and not the whole of it.
    package func heldCount(after text: [UInt8], floor: Int = 0) -> Int {
        (floor...text.count).first { start in
            patterns.contains {
                ($0.bytes.count > text.count - start && $0.bytes.starts(with: text[start...]))
                    || NaiveInterruption($0).ends(in: text, from: start).contains(.unfinished)
            }
        }.map { text.count - $0 } ?? 0
    }

    private func matches(in text: [UInt8]) -> [Match] {
        patterns.flatMap { pattern in
            let end = text.count - pattern.bytes.count
            let floor = floor(of: pattern, in: text)
            let interrupted = (floor..<max(floor, text.count)).flatMap { start in
                NaiveInterruption(pattern).ends(in: text, from: start).compactMap(\.place).map {
                    Match(range: start..<$0, pattern: pattern, isInterrupted: true)
                }
            }
            guard floor <= end else { return interrupted }
            return interrupted
                + (floor...end).filter { text[$0...].starts(with: pattern.bytes) }.map {
                    Match(range: $0..<$0 + pattern.bytes.count, pattern: pattern)
                }
        }
    }

    /// Where a match may start: at the first byte that was held back when the pattern was added.
    private func floor(of pattern: NaivePattern, in text: [UInt8]) -> Int {
        guard pattern.addedAt > 0 else { return 0 }
        let read = Array(text.prefix(pattern.addedAt))
        let older = NaiveMasker(patterns.filter { $0.addedAt < pattern.addedAt })
        let floor = older.patterns.map { $0.addedAt == 0 ? 0 : older.floor(of: $0, in: read) }.max() ?? 0
        return read.count - older.heldCount(after: read, floor: floor)
    }

    /// Merges what overlaps or touches.
    private static func runs(of matches: [Match]) -> [(start: Int, end: Int, matches: [Match])] {
        var runs: [(start: Int, end: Int, matches: [Match])] = []
        for match in matches.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
            if let last = runs.last, match.range.lowerBound <= last.end {
                runs[runs.count - 1].end = max(last.end, match.range.upperBound)
                runs[runs.count - 1].matches.append(match)
            } else {
                runs.append((match.range.lowerBound, match.range.upperBound, [match]))
            }
        }
        return runs
    }

    private func counts(_ runs: [(line: Int, matches: [Match])]) -> [Count] {
        var names: [String] = []
        for pattern in patterns where !names.contains(pattern.name) { names.append(pattern.name) }
        return names.compactMap { name in
            let own = runs.filter { $0.matches.contains { $0.pattern.name == name } }
            guard let first = own.first else { return nil }
            let best = first.matches.filter { $0.pattern.name == name }.max {
                ($0.range.count, -$0.rank) < ($1.range.count, -$1.rank)
            }
            return Count(name: name, count: own.count, form: best?.form ?? "", firstLine: first.line)
        }
    }
}
