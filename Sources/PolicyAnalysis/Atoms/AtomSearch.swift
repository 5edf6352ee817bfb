/// Finds every acceptance vector that a word can have.
struct AtomSearch {
    private let automaton: Automaton
    private let classes: ByteClasses
    private var states: [(places: [Int], parent: Int, byte: UInt8)] = []
    private var known: Set<[Int]> = []
    private(set) var atoms: [(word: [UInt8], accepted: [Int])] = []
    private var vectors: Set<[Int]> = []

    init(_ automaton: Automaton) {
        self.automaton = automaton
        classes = ByteClasses(automaton)
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
        var next = [[Int]](repeating: [], count: classes.count)
        for place in states[index].places {
            for (edgeClasses, target) in classes.steps[place] {
                for number in edgeClasses { next[number].append(target) }
            }
        }
        for (number, places) in next.enumerated() where !places.isEmpty {
            visit(Self.sorted(places), parent: index, byte: classes.representatives[number])
        }
    }

    private mutating func visit(_ places: [Int], parent: Int, byte: UInt8) {
        // Places are sorted, and the model's are the last: without one of those the word is no value.
        guard let last = places.last, last >= automaton.languageStart, known.insert(places).inserted else { return }
        states.append((places, parent, byte))
        let accepted = Self.sorted(places.flatMap { automaton.accepted[$0] })
        let isValue = places.contains { $0 >= automaton.languageStart && !automaton.accepted[$0].isEmpty }
        guard isValue, vectors.insert(accepted).inserted else { return }
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

    private static func sorted(_ numbers: [Int]) -> [Int] {
        guard numbers.count > 1 else { return numbers }
        var result: [Int] = []
        for number in numbers.sorted() where result.last != number { result.append(number) }
        return result
    }
}
