/// Who reads the findings; each wants all that the ones before want.
package enum Persona: String, Sendable, CaseIterable, Comparable {
    /// Whoever has a deployment to finish.
    case regular
    /// Whoever also cares about order.
    case pedantic
    /// Whoever looks for everything that could matter.
    case auditor

    /// Orders personas by how much they want to see.
    package static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .regular: 0
        case .pedantic: 1
        case .auditor: 2
        }
    }
}
