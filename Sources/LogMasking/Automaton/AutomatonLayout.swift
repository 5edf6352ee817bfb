/// Where each table of an automaton stands in its pages.
struct AutomatonLayout: Sendable {
    let stateCount: Int
    /// The states below this one have a row; they are the states of the smallest depths.
    let denseCount: Int
    /// log2 of a row's length.
    let shift: Int
    let patternCount: Int
    /// Whether so few pairs of bytes begin a pattern that it pays to look for them alone.
    let hasStarts: Bool

    /// The bytes of all tables together.
    var byteCount: Int { labels + stateCount }

    var starts: Int { 256 }
    var rows: Int { starts + (hasStarts ? 1 << 13 : 0) }
    var siblings: Int { rows + 4 * (denseCount << shift) }
    var failures: Int { siblings + 4 * stateCount }
    var depths: Int { failures + 4 * stateCount }
    var holds: Int { depths + 4 * stateCount }
    var outputs: Int { holds + 4 * stateCount }
    var lengths: Int { outputs + 4 * stateCount }
    var shorter: Int { lengths + 4 * patternCount }
    var labels: Int { shorter + 4 * patternCount }
}
