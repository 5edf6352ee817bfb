/// Work side by side, with an end to how much of it.
enum Parallel {
    private static let width = 16

    /// Does `work` for every element, up to 16 at a time, and keeps their order.
    static func map<Element: Sendable, Result: Sendable>(
        _ elements: [Element],
        _ work: @escaping @Sendable (Element) async -> Result
    ) async -> [Result] {
        await withTaskGroup(of: (Int, Result).self) { group in
            var results: [(Int, Result)] = []
            for (index, element) in elements.enumerated() {
                if index >= width, let done = await group.next() { results.append(done) }
                group.addTask { (index, await work(element)) }
            }
            for await done in group { results.append(done) }
            return results.sorted { $0.0 < $1.0 }.map(\.1)
        }
    }
}

extension Array {
    /// The elements in parts of at most `size`.
    func chunked(by size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
