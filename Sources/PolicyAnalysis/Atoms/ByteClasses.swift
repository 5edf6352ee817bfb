/// The bytes in classes that no edge tells apart, the plain ones first.
struct ByteClasses {
    /// The byte that stands for each class.
    let representatives: [UInt8]
    /// The edges of all places, each as a class and the place that it leads to.
    private let steps: [(number: Int, target: Int)]
    /// Where the edges of each place begin among them, and behind the last where they end.
    private let starts: [Int]

    var count: Int { representatives.count }

    /// The edges out of a place.
    func steps(from place: Int) -> ArraySlice<(number: Int, target: Int)> { steps[starts[place]..<starts[place + 1]] }

    init(_ automaton: Automaton) {
        let representatives = Self.representatives(of: automaton.sets)
        // The classes of each set, set behind set, and where those of each begin.
        var members: [Int] = []
        var first = [0]
        for set in automaton.sets {
            for number in representatives.indices where set.contains(representatives[number]) { members.append(number) }
            first.append(members.count)
        }
        self.representatives = representatives
        var steps: [(number: Int, target: Int)] = []
        var starts = [0]
        steps.reserveCapacity(automaton.edges.count)
        starts.reserveCapacity(automaton.firsts.count)
        for place in automaton.firsts.indices.dropLast() {
            for number in automaton.firsts[place]..<automaton.firsts[place + 1] {
                let edge = automaton.edges[number]
                for index in first[edge.set]..<first[edge.set + 1] { steps.append((members[index], edge.target)) }
            }
            starts.append(steps.count)
        }
        (self.steps, self.starts) = (steps, starts)
    }

    /// The first byte of each class, in the order of preference: each set splits the classes that it cuts.
    private static func representatives(of sets: [ByteSet]) -> [UInt8] {
        var classes = [Int](repeating: 0, count: 256)
        var count = 1
        for set in sets {
            // Where the bytes of a class that are in the set go.
            var moved = [Int](repeating: -1, count: count)
            for byte in preference where set.contains(byte) {
                let old = classes[Int(byte)]
                if moved[old] < 0 {
                    moved[old] = count
                    count += 1
                }
                classes[Int(byte)] = moved[old]
            }
            count = renumber(&classes, count)
        }
        var isSeen = [Bool](repeating: false, count: count)
        return preference.filter { byte in
            defer { isSeen[classes[Int(byte)]] = true }
            return !isSeen[classes[Int(byte)]]
        }
    }

    /// Numbers the classes that still have bytes from zero on, and returns how many those are.
    private static func renumber(_ classes: inout [Int], _ count: Int) -> Int {
        var numbers = [Int](repeating: -1, count: count)
        var next = 0
        for byte in classes.indices {
            if numbers[classes[byte]] < 0 {
                numbers[classes[byte]] = next
                next += 1
            }
            classes[byte] = numbers[classes[byte]]
        }
        return next
    }

    private static let preference: [UInt8] = {
        let plain = Array(UInt8(ascii: "a")...UInt8(ascii: "z")) + Array(UInt8(ascii: "1")...UInt8(ascii: "9"))
        let rest = (Array(UInt8(0x21)...0x7E) + Array(UInt8(0x7F)...0xFF) + Array(UInt8(0)...0x20))
        return plain + rest.filter { !plain.contains($0) }
    }()
}
