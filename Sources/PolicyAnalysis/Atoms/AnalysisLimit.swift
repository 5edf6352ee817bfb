/// A limit of the analysis was hit: the answer is unknown, and never "safe".
package struct AnalysisLimit: Error, Hashable, Sendable {
    /// What was too much, as the end of "unknown: ".
    package let reason: String

    /// The most states of the automata of one variable.
    static let states = 400_000
    /// The most pieces that one question may be cut into.
    static let pieces = 1_000_000
}
