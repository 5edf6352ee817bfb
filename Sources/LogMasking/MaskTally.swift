/// Counts masked runs for the report.
struct MaskTally {
    /// The longest match of one secret in a run.
    struct Match {
        let secret: Int
        let form: Int
        let length: Int
    }

    private struct Count {
        var runs: Int
        let form: Int
        let firstLine: Int
    }

    private var counts: [Int: Count] = [:]
    private var run: [Int: Match] = [:]
    private var runLine = 0
    /// The line of the output that is being written, from 1.
    private(set) var line = 1

    mutating func passed(_ bytes: UnsafeRawBufferPointer) {
        close()
        for byte in bytes where byte == 0x0A { line += 1 }
    }

    mutating func masked(_ matches: [Match]) {
        if run.isEmpty { runLine = line }
        for match in matches { Self.keepLonger(match, in: &run) }
    }

    /// Ends the run: what follows is not adjacent to it.
    mutating func close() {
        guard !run.isEmpty else { return }
        for (secret, match) in run {
            counts[secret, default: Count(runs: 0, form: match.form, firstLine: runLine)].runs += 1
        }
        run = [:]
    }

    func report(_ patterns: MaskPatterns) -> MaskReport {
        var copy = self
        copy.close()
        let entries = copy.counts.sorted { $0.key < $1.key }.map { secret, count in
            MaskReport.Entry(
                name: patterns.values[secret].name,
                count: count.runs,
                form: patterns.forms[count.form],
                firstLine: count.firstLine
            )
        }
        return MaskReport(entries: entries)
    }

    static func keepLonger(_ match: Match, in matches: inout [Int: Match]) {
        guard let known = matches[match.secret] else {
            matches[match.secret] = match
            return
        }
        if (known.length, -known.form) < (match.length, -match.form) { matches[match.secret] = match }
    }
}
