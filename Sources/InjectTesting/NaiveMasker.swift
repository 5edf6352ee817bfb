/// The specification of masking, as slow and plain as it can be: every occurrence of every pattern in the whole text, the
/// union of their places, adjacent ones joined, each replaced.
package enum NaiveMasker {
    /// Masks a whole text.
    package static func mask(_ text: [UInt8], _ patterns: [[UInt8]], replacement: [UInt8] = Array("***".utf8))
        -> [UInt8]
    {
        var covered = [Bool](repeating: false, count: text.count)
        for pattern in patterns where !pattern.isEmpty && pattern.count <= text.count {
            for start in 0...(text.count - pattern.count)
            where text[start..<start + pattern.count].elementsEqual(pattern) {
                for index in start..<start + pattern.count { covered[index] = true }
            }
        }
        var output: [UInt8] = []
        for index in text.indices {
            if !covered[index] {
                output.append(text[index])
            } else if index == 0 || !covered[index - 1] {
                output += replacement
            }
        }
        return output
    }

    /// How many bytes at the end of a text are a proper prefix of some pattern, at most.
    package static func held(_ text: [UInt8], _ patterns: [[UInt8]]) -> Int {
        let longest = patterns.map(\.count).max() ?? 0
        for count in stride(from: min(longest, text.count), to: 0, by: -1) {
            let tail = text.suffix(count)
            if patterns.contains(where: { $0.count > count && $0.starts(with: tail) }) { return count }
        }
        return 0
    }
}
