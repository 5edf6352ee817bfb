import Policy

/// Takes a pattern on `sub` apart into patterns on the claims that GitHub makes `sub` of.
///
/// A star may reach over several claims, so there can be several ways, and a token meets the pattern if it meets one.
struct SubjectSplit {
    /// The most ways that are followed.
    static let maximum = 256

    /// One way.
    struct Way: Hashable {
        let context: SubjectContext
        /// What each part must match.
        var parts: [SubjectForm.Part: [Glob.Element]]
        /// What the context's value must match.
        var value: [Glob.Element]
    }

    private let elements: [Glob.Element]
    private var left = maximum * 16

    /// The ways in which a `sub` of a form meets a pattern.
    static func ways(_ elements: [Glob.Element], _ form: SubjectForm) throws(AnalysisLimit) -> [Way] {
        var split = SubjectSplit(elements: elements)
        var known: Set<Way> = []
        return try split.ways(form.parts[...], from: 0, [:]).filter { known.insert($0).inserted }
    }

    private init(elements: [Glob.Element]) { self.elements = elements }

    private mutating func ways(
        _ parts: ArraySlice<SubjectForm.Part>,
        from place: Int,
        _ found: [SubjectForm.Part: [Glob.Element]]
    ) throws(AnalysisLimit) -> [Way] {
        guard let part = parts.first else { return contexts(from: place, found) }
        left -= 1
        guard left > 0 else { throw AnalysisLimit(reason: "a pattern on `sub` has too many stars") }
        var ways: [Way] = []
        guard case .text(let text) = part else {
            for (piece, next) in pieces(from: place) {
                guard piece.allSatisfy({ Self.fits($0, part) }) else { break }
                guard !piece.isEmpty else { continue }
                ways += try self.ways(parts.dropFirst(), from: next, found.merging([part: piece]) { $1 })
            }
            return ways
        }
        for next in places(after: text, from: place).sorted() {
            ways += try self.ways(parts.dropFirst(), from: next, found)
        }
        return ways
    }

    private func contexts(from place: Int, _ found: [SubjectForm.Part: [Glob.Element]]) -> [Way] {
        var ways: [Way] = []
        for context in SubjectContext.allCases {
            for next in places(after: context.start, from: place).sorted() {
                let rest = Array(elements[next...])
                guard context == .pullRequest else {
                    // A value's own colon is written otherwise.
                    guard !rest.contains(.byte(UInt8(ascii: ":"))) else { continue }
                    ways.append(Way(context: context, parts: found, value: Self.unescaped(rest)))
                    continue
                }
                if rest.allSatisfy({ $0 == .doubleStar }) {
                    ways.append(Way(context: context, parts: found, value: []))
                }
            }
        }
        return ways
    }

    /// What can be of a part if it begins here, and where the rest begins then, the shortest first.
    private func pieces(from place: Int) -> [(piece: [Glob.Element], next: Int)] {
        (place...elements.count).map { end in
            let isStar = end < elements.count && elements[end] == .doubleStar
            return (Array(elements[place..<(isStar ? end + 1 : end)]), end)
        }
    }

    /// Where a pattern can be after it has matched a text.
    private func places(after text: String, from place: Int) -> Set<Int> {
        text.utf8.reduce(closure([place])) { places, byte in
            var next: Set<Int> = []
            for place in places where place < elements.count {
                switch elements[place] {
                case .byte(let wanted): if wanted == byte { next.insert(place + 1) }
                case .anyByte: next.insert(place + 1)
                case .star, .doubleStar: next.insert(place)
                }
            }
            return closure(next)
        }
    }

    /// A star may also match nothing.
    private func closure(_ places: Set<Int>) -> Set<Int> {
        var places = places
        for place in places.sorted() {
            var place = place
            while place < elements.count, elements[place] == .doubleStar {
                place += 1
                places.insert(place)
            }
        }
        return places
    }

    private static func fits(_ element: Glob.Element, _ part: SubjectForm.Part) -> Bool {
        guard case .byte(let byte) = element else { return true }
        let isDigit = (0x30...0x39).contains(byte)
        guard part == .owner || part == .name else { return isDigit }
        return isDigit || (0x61...0x7A).contains(byte | 0x20) || "-_.".utf8.contains(byte)
    }

    /// In `sub`, a colon of a value is `%3A`.
    private static func unescaped(_ elements: [Glob.Element]) -> [Glob.Element] {
        let escape = "%3A".utf8.map(Glob.Element.byte)
        var rest = elements[...]
        var result: [Glob.Element] = []
        while let first = rest.first {
            let isEscape = rest.starts(with: escape)
            result.append(isEscape ? .byte(UInt8(ascii: ":")) : first)
            rest = rest.dropFirst(isEscape ? escape.count : 1)
        }
        return result
    }
}
