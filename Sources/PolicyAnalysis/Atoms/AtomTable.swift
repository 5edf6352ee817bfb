/// The atoms of one variable: the classes of values that no pattern tells apart, each with its shortest value.
///
/// All automata run in step over a word, breadth first, so that the first word of each acceptance vector is a shortest
/// one. Among words of the same length the plain one wins: letters before digits before the rest.
struct AtomTable: Sendable {
    /// The shortest value of each atom; nil for the absent claim, which is the last atom where there is one.
    let witnesses: [[UInt8]?]
    /// The atoms that each pattern accepts.
    private let accepting: [AtomSet]

    var count: Int { witnesses.count }

    init(_ automaton: Automaton, patterns: Int, canBeAbsent: Bool) throws(AnalysisLimit) {
        var search = AtomSearch(automaton)
        try search.run()
        let words: [[UInt8]?] = search.atoms.map(\.word) + (canBeAbsent ? [nil] : [])
        var accepting = [AtomSet](repeating: AtomSet(capacity: words.count), count: patterns)
        for (atom, found) in search.atoms.enumerated() {
            for pattern in found.accepted { accepting[pattern].insert(atom) }
        }
        witnesses = words
        self.accepting = accepting
    }

    /// A variable whose values are told apart by number, such as times.
    init(count: Int) {
        witnesses = [[UInt8]?](repeating: [], count: count)
        accepting = []
    }

    func atoms(of pattern: Int) -> AtomSet { accepting[pattern] }

    var all: AtomSet { AtomSet(all: count) }

    var absent: AtomSet {
        var set = AtomSet(capacity: count)
        if let last = witnesses.indices.last, witnesses[last] == nil { set.insert(last) }
        return set
    }
}
