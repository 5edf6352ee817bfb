/// Finds what the user probably meant.
package enum Suggestion {
    /// The candidate nearest to `text`, if it is near enough to be a slip: at most a third of the letters differ.
    package static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
        let limit = max(text.utf8.count / 3, 1)
        let ranked = candidates.map { ($0, distance(Array(text.utf8), Array($0.utf8))) }
        return ranked.filter { $0.1 <= limit }.min { $0.1 < $1.1 }?.0
    }

    /// Levenshtein's distance, on bytes.
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var row = Array(0...right.count)
        for (i, a) in left.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, b) in right.enumerated() {
                let substituted = diagonal + (a == b ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(substituted, diagonal + 1, row[j] + 1)
            }
        }
        return row[right.count]
    }
}
