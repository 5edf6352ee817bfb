/// A limit of the analysis was hit: the answer is unknown, and never "safe".
package struct AnalysisLimit: Error, Hashable, Sendable {
    /// What was too much, as the end of "unknown: ".
    package let reason: String

    /// The most places that words may be in, all states of one variable's automata together.
    static let places = 2_000_000
    /// The most atoms of one variable.
    static let atoms = 20_000
    /// The most pieces that all questions about a policy may be cut into together.
    static let pieces = 1_000_000
    /// The most changes between two policies.
    static let changes = 10_000
}
