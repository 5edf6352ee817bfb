/// Matches that a longer one may still swallow, merged into runs, in offsets from the start of the stream.
///
/// There are never more of them than bytes held back.
struct PendingRuns {
    /// Matches that overlap or touch.
    private struct Run {
        var range: Range<Int>
        /// The place of its first match in `matches`; its matches stand together, because ends only grow.
        var firstMatch: Int
    }

    private var runs: [Run] = []
    private var matches: [UInt32] = []
    private var firstRun = 0

    /// Adds a match, which ends behind all that were added before.
    mutating func add(_ pattern: UInt32, _ range: Range<Int>) {
        var run = Run(range: range, firstMatch: matches.count)
        matches.append(pattern)
        while runs.count > firstRun, let last = runs.last, last.range.upperBound >= run.range.lowerBound {
            let start = min(last.range.lowerBound, run.range.lowerBound)
            run = Run(range: start..<range.upperBound, firstMatch: last.firstMatch)
            runs.removeLast()
        }
        runs.append(run)
    }

    /// Takes out the first run if it starts before `limit`, telling `body` of its matches afterwards.
    mutating func takeFirst(before limit: Int) -> (range: Range<Int>, matches: Range<Int>)? {
        guard firstRun < runs.count, runs[firstRun].range.lowerBound < limit else { return nil }
        let run = runs[firstRun]
        firstRun += 1
        return (run.range, run.firstMatch..<(firstRun < runs.count ? runs[firstRun].firstMatch : matches.count))
    }

    /// The pattern of a match, until `forgetTaken`.
    func match(_ index: Int) -> UInt32 { matches[index] }

    /// Gives back the memory of runs that were taken.
    mutating func forgetTaken() {
        guard firstRun == runs.count || firstRun > 1024 else { return }
        let kept = firstRun < runs.count ? runs[firstRun].firstMatch : matches.count
        matches.removeFirst(kept)
        runs.removeFirst(firstRun)
        for index in runs.indices { runs[index].firstMatch -= kept }
        firstRun = 0
    }

    /// Forgets everything, before the bytes held are searched again.
    mutating func removeAll() { self = PendingRuns() }
}
