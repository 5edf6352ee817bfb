/// Names in the order they were first seen, each once.
///
/// Compared by bytes: Swift's own comparison would merge names that differ in their code points.
struct NameTable {
    private(set) var names: [String] = []
    private var places: [[UInt8]: Int] = [:]

    /// The place of a name, which is added where it is new.
    mutating func place(of name: String) -> Int {
        let key = Array(name.utf8)
        if let place = places[key] { return place }
        places[key] = names.count
        names.append(name)
        return names.count - 1
    }
}
