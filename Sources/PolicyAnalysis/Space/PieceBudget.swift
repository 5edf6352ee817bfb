import Synchronization

/// How many more pieces all questions about some policies may be cut into, one after the other.
///
/// One budget for each question would let a file with thousands of rules take hours.
final class PieceBudget: Sendable {
    private let left = Mutex(AnalysisLimit.pieces)

    /// Takes one piece off; once nothing is left, every later question is unknown, too.
    func spend() throws(AnalysisLimit) {
        let isLeft = left.withLock { left in
            left -= 1
            return left > 0
        }
        guard isLeft else { throw AnalysisLimit(reason: "the rules overlap in too many ways") }
    }
}
