/// The last four bytes of every head of each pattern.
struct HeadGrams: Sequence, IteratorProtocol {
    private let texts: PatternTexts
    private let patterns: [Int]
    private let longest: [Int]
    private let shortest: Int
    /// The place in `patterns`, and the head that is next.
    private var place = 0
    private var head: Int

    /// Makes the grams of the heads from `shortest` bytes, at least four, to those that `longest` has for each pattern.
    init(_ texts: PatternTexts, _ patterns: [Int], longest: [Int], shortest: Int) {
        (self.texts, self.patterns, self.longest, self.shortest) = (texts, patterns, longest, shortest)
        head = shortest
    }

    mutating func next() -> GramEntry? {
        while place < patterns.count {
            guard head <= longest[place] else {
                place += 1
                head = shortest
                continue
            }
            let gram = (texts.start(patterns[place]) + head - 4).loadUnaligned(as: UInt32.self)
            defer { head += 1 }
            return GramEntry(key: UInt64(gram), pattern: patterns[place], place: head, placeInKey: 0)
        }
        return nil
    }
}
