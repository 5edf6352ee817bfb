/// Finds every acceptance vector that a word can have.
struct AtomSearch {
    private let automaton: Automaton
    private let classes: ByteClasses
    private var states: [(places: [Int], parent: Int, byte: UInt8)] = []
    private var known: Set<[Int]> = []
    private(set) var atoms: [(word: [UInt8], accepted: [Int])] = []
    private var vectors: Set<[Int]> = []
    // The places that a state's classes lead to, class behind class, and where those of each end.
    private var targets: [Int] = []
    private var ends: [Int]
    // Where the different places lie that one state leads to.
    private var distinct: [Range<Int>] = []

    init(_ automaton: Automaton) {
        self.automaton = automaton
        classes = ByteClasses(automaton)
        ends = [Int](repeating: 0, count: classes.count)
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
        sort(states[index].places)
        var start = 0
        distinct.removeAll(keepingCapacity: true)
        for number in ends.indices {
            let range = start..<ends[number]
            start = range.upperBound
            // Most bytes lead to the same places, and the first of them is the plainest.
            guard !distinct.contains(where: { isEqual($0, range) }) else { continue }
            distinct.append(range)
            let places = targets[range]
            // The model's places are the last: without one of those the word is no value.
            guard places.contains(where: { $0 >= automaton.languageStart }) else { continue }
            visit(Self.sorted(places), parent: index, byte: classes.representatives[number])
        }
    }

    private func isEqual(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).allSatisfy { targets[$0] == targets[$1] }
    }

    /// Sorts what the edges out of some places lead to by class, by counting.
    private mutating func sort(_ places: [Int]) {
        for number in ends.indices { ends[number] = 0 }
        for place in places {
            for step in classes.steps(from: place) { ends[step.number] += 1 }
        }
        var total = 0
        for number in ends.indices {
            total += ends[number]
            ends[number] = total - ends[number]
        }
        if targets.count < total { targets += [Int](repeating: 0, count: total - targets.count) }
        for place in places {
            for step in classes.steps(from: place) {
                targets[ends[step.number]] = step.target
                ends[step.number] += 1
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
