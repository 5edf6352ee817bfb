/// How large an automaton's parts will be: measured before any of it is allocated.
struct PatternShape {
    /// Up to how many first pairs of bytes it pays to look for them: measured on build logs; those of about 150 secrets.
    private static let startLimit = 1 << 10

    /// How many bytes each pattern shares with the one before it.
    private(set) var shared: [Int] = []
    /// How many states have each depth; the root is the only one of depth 0.
    private(set) var statesByDepth = [1]
    /// The class of each byte.
    private(set) var classes = [UInt8](repeating: 0, count: 256)
    private(set) var classCount = 0
    /// The length of the shortest pattern; 0 where there is none.
    private(set) var shortest: Int

    /// Measures patterns that are sorted and distinct.
    init(_ ranges: PatternRanges, in bytes: UnsafeRawBufferPointer) {
        shortest = ranges.first?.count ?? 0
        var previous = 0..<0
        for range in ranges {
            shortest = min(shortest, range.count)
            let common = zip(previous, range).prefix { bytes[$0] == bytes[$1] }.count
            shared.append(common)
            while statesByDepth.count <= range.count { statesByDepth.append(0) }
            for depth in common + 1..<range.count + 1 { statesByDepth[depth] += 1 }
            previous = range
        }
        classify(ranges, in: bytes)
    }

    /// The length of the longest pattern.
    var longest: Int { statesByDepth.count - 1 }

    /// The layout with the most depths of dense states whose rows fit into `budget` bytes; the root always has one.
    func layout(budget: Int) -> (AutomatonLayout, denseDepth: Int) {
        let shift = max(classCount - 1, 0).bitWidth - max(classCount - 1, 0).leadingZeroBitCount
        var dense = 1
        var depth = 0
        while depth < longest, (dense + statesByDepth[depth + 1]) << (shift + 2) <= budget {
            depth += 1
            dense += statesByDepth[depth]
        }
        let layout = AutomatonLayout(
            stateCount: statesByDepth.reduce(0, +),
            denseCount: dense,
            shift: shift,
            patternCount: shared.count,
            hasStarts: shortest > 1 && statesByDepth[2] <= Self.startLimit
        )
        return (layout, depth)
    }

    private mutating func classify(_ ranges: PatternRanges, in bytes: UnsafeRawBufferPointer) {
        var occurs = [Bool](repeating: false, count: 256)
        for range in ranges {
            for byte in bytes[range] { occurs[Int(byte)] = true }
        }
        var unused: UInt8?
        for byte in 0..<256 {
            if !occurs[byte], let unused {
                classes[byte] = unused
            } else {
                classes[byte] = UInt8(truncatingIfNeeded: classCount)
                if !occurs[byte] { unused = classes[byte] }
                classCount += 1
            }
        }
    }
}
