/// Finds what the user probably meant.
package enum Suggestion {
    /// The candidate nearest to `text`, if it is near enough to be a slip: at most a third of the letters differ.
    package static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
        let limit = limit(of: text)
        let ranked = candidates.filter { abs($0.utf8.count - text.utf8.count) <= limit }
            .map { ($0, distance(Array(text.utf8), Array($0.utf8))) }
        return ranked.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
    }

    /// How many steps it takes to find the nearest: the product of two lengths, for each candidate that is long enough.
    package static func steps(to text: String, among candidates: some Sequence<String>) -> Int {
        let limit = limit(of: text)
        return candidates.reduce(0) { steps, candidate in
            let isNear = abs(candidate.utf8.count - text.utf8.count) <= limit
            return steps + 1 + (isNear ? candidate.utf8.count * text.utf8.count : 0)
        }
    }

    private static func limit(of text: String) -> Int { max(text.utf8.count / 3, 1) }

    /// Levenshtein's distance on bytes, where two neighbours that changed places are one slip and not two (optimal string
    /// alignment).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var row = [i + 1]
            for (j, b) in right.enumerated() {
                var best = min(last[j] + (a == b ? 0 : 1), last[j + 1] + 1, row[j] + 1)
                if i > 0, j > 0, a == right[j - 1], b == left[i - 1] { best = min(best, beforeLast[j - 1] + 1) }
                row.append(best)
            }
            (beforeLast, last) = (last, row)
        }
        return last[right.count]
    }
}
