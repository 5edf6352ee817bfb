/// Where texts stand that lie one behind the other, without gaps.
struct PatternRanges: RandomAccessCollection, Sendable {
    /// Where each text starts, and where the last one ends.
    private var starts = [0]

    init() {}

    var startIndex: Int { 0 }
    var endIndex: Int { starts.count - 1 }

    subscript(place: Int) -> Range<Int> { starts[place]..<starts[place + 1] }

    /// Makes room for so many texts.
    mutating func reserveCapacity(_ count: Int) { starts.reserveCapacity(count + 1) }

    /// Adds a text that ends at `end`.
    mutating func append(end: Int) { starts.append(end) }

    /// Lends where each text starts, and where the last one ends.
    func withStarts<Result, Failure: Error>(
        _ body: (UnsafeBufferPointer<Int>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try starts.withUnsafeBufferPointer(body)
    }
}
