/// The bytes in classes that no edge tells apart, the plain ones first.
struct ByteClasses {
    /// The byte that stands for each class.
    let representatives: [UInt8]
    /// The edges out of each place, over classes.
    let steps: [[(classes: [Int], target: Int)]]

    var count: Int { representatives.count }

    init(_ automaton: Automaton) {
        let sets = Array(Set(automaton.edges.joined().map(\.bytes)))
        var numbers: [[Bool]: Int] = [:]
        var representatives: [UInt8] = []
        for byte in Self.preference {
            let signature = sets.map { $0.contains(byte) }
            guard numbers[signature] == nil else { continue }
            numbers[signature] = representatives.count
            representatives.append(byte)
        }
        var classes: [ByteSet: [Int]] = [:]
        for set in sets { classes[set] = representatives.indices.filter { set.contains(representatives[$0]) } }
        self.representatives = representatives
        steps = automaton.edges.map { $0.map { (classes[$0.bytes] ?? [], $0.target) } }
    }

    private static let preference: [UInt8] = {
        let plain = Array(UInt8(ascii: "a")...UInt8(ascii: "z")) + Array(UInt8(ascii: "1")...UInt8(ascii: "9"))
        let rest = (Array(UInt8(0x21)...0x7E) + Array(UInt8(0x7F)...0xFF) + Array(UInt8(0)...0x20))
        return plain + rest.filter { !plain.contains($0) }
    }()
}
