/// Finds every acceptance vector that a word can have.
struct AtomSearch {
    private let automaton: Automaton
    /// The automaton's sets of bytes, by rank.
    private let sets: [ByteSet]
    private var states: [(places: [Int], parent: Int, byte: UInt8)] = []
    private var known: Set<[Int]> = []
    private(set) var atoms: [(word: [UInt8], accepted: [Int])] = []
    private var vectors: Set<[Int]> = []
    // What follows is of the state that is expanded, and kept so that its storage is.
    /// The edges out of its places.
    private var steps: [Automaton.Edge] = []
    /// The bytes in parts that no step tells apart, by rank.
    private var parts: [ByteSet] = []
    /// The plainest byte of each part, by rank.
    private var ranks: [UInt8] = []
    /// Where the bytes of one part lead.
    private var targets: [Int] = []

    init(_ automaton: Automaton) {
        self.automaton = automaton
        sets = automaton.sets.map(PlainOrder.ranks)
        // Patterns that begin alike share states: a table for all places would be emptier than it is large.
        known.reserveCapacity(automaton.firsts.count / 4)
    }

    mutating func run() throws(AnalysisLimit) {
        visit(Array(Set(automaton.starts)).sorted(), parent: -1, byte: 0)
        var index = 0
        var places = 0
        while index < states.count {
            places += states[index].places.count
            guard places <= AnalysisLimit.places, atoms.count <= AnalysisLimit.atoms else {
                throw AnalysisLimit(reason: "the patterns on one claim overlap in too many ways")
            }
            expand(index)
            index += 1
        }
    }

    private mutating func expand(_ index: Int) {
        gather(states[index].places)
        divide()
        ranks.removeAll(keepingCapacity: true)
        for part in parts { if let rank = part.first { ranks.append(rank) } }
        ranks.sort()
        for number in ranks.indices {
            targets.removeAll(keepingCapacity: true)
            for step in steps where sets[step.set].contains(ranks[number]) { targets.append(step.target) }
            // The model's places are the last: without one of those the word is no value.
            guard targets.contains(where: { $0 >= automaton.languageStart }) else { continue }
            visit(Self.sorted(targets[...]), parent: index, byte: PlainOrder.bytes[Int(ranks[number])])
        }
    }

    /// Puts the edges out of some places side by side.
    private mutating func gather(_ places: [Int]) {
        steps.removeAll(keepingCapacity: true)
        for place in places {
            for number in automaton.firsts[place]..<automaton.firsts[place + 1] {
                steps.append(automaton.edges[number])
            }
        }
    }

    /// Parts the bytes so that no step tells two of a part apart.
    private mutating func divide() {
        parts.removeAll(keepingCapacity: true)
        parts.append(.all)
        for step in steps {
            for number in parts.indices {
                let taken = parts[number].intersection(sets[step.set])
                guard !taken.isEmpty, taken != parts[number] else { continue }
                parts.append(parts[number].subtracting(taken))
                parts[number] = taken
            }
        }
    }

    private mutating func visit(_ places: [Int], parent: Int, byte: UInt8) {
        guard known.insert(places).inserted else { return }
        states.append((places, parent, byte))
        let isValue = places.reversed().prefix { $0 >= automaton.languageStart }.contains {
            !automaton.accepted[$0].isEmpty
        }
        guard isValue else { return }
        let accepted = Self.sorted(places.flatMap { automaton.accepted[$0] }[...])
        guard vectors.insert(accepted).inserted else { return }
        atoms.append((word(to: states.count - 1), accepted))
    }

    private func word(to index: Int) -> [UInt8] {
        var word: [UInt8] = []
        var index = index
        while states[index].parent >= 0 {
            word.append(states[index].byte)
            index = states[index].parent
        }
        return word.reversed()
    }

    private static func sorted(_ numbers: ArraySlice<Int>) -> [Int] {
        // Most are in order already, since the places they come from are.
        if zip(numbers, numbers.dropFirst()).allSatisfy({ $0 < $1 }) { return Array(numbers) }
        var result: [Int] = []
        for number in numbers.sorted() where result.last != number { result.append(number) }
        return result
    }
}
