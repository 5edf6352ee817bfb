import Policy

/// Puts one automaton for each glob and each language of the model side by side, so that a word runs through all at once.
///
/// A glob of n elements gets n + 1 places: `*` and `**` are loops, and nothing else repeats.
struct AutomatonBuilder {
    private(set) var edges: [[Automaton.Edge]] = []
    private var empty: [[Int]] = []
    private var accepted: [Int?] = []
    private(set) var starts: [Int] = []
    private var languageStart: Int?

    /// Adds a glob over a part of the word; it accepts as `id`.
    mutating func add(_ glob: Glob, part: ClaimWord.Part, id: Int) {
        let first = place()
        var last = first
        for element in glob.elements {
            let next = place()
            switch element {
            case .byte(let byte): edges[last].append(.init(bytes: ByteSet([byte]), target: next))
            case .star: loop(last, ByteSet.text.subtracting(glob.separators), next)
            case .doubleStar: loop(last, .text, next)
            case .anyByte: edges[last].append(.init(bytes: .text, target: next))
            }
            last = next
        }
        // A marker inside the part is no byte of it.
        var passed = ClaimWord.markers
        if let end = part.end { passed = passed.subtracting(ByteSet([end])) }
        for place in first...last { edges[place].append(.init(bytes: passed, target: place)) }
        starts.append(start(first, at: part.start))
        accept(last, at: part.end, id)
    }

    /// Adds a language of whole words, after all globs; it accepts as `id`.
    mutating func add(_ language: Language, id: Int) {
        if languageStart == nil { languageStart = edges.count }
        let first = place()
        starts.append(first)
        accepted[append(language, to: first)] = id
    }

    func built() -> Automaton {
        // Most places have no empty step, and then their edges are already what is wanted.
        let closures = edges.indices.map { empty[$0].isEmpty ? nil : closure($0) }
        return Automaton(
            edges: closures.enumerated().map { place, closure in
                closure.map { $0.flatMap { edges[$0] } } ?? edges[place]
            },
            accepted: closures.enumerated().map { place, closure in
                closure.map { $0.compactMap { accepted[$0] } } ?? (accepted[place].map { [$0] } ?? [])
            },
            starts: starts,
            languageStart: languageStart ?? edges.count
        )
    }

    // MARK: - Parts

    private mutating func place() -> Int {
        edges.append([])
        empty.append([])
        accepted.append(nil)
        return edges.count - 1
    }

    private mutating func loop(_ place: Int, _ bytes: ByteSet, _ next: Int) {
        edges[place].append(.init(bytes: bytes, target: place))
        empty[place].append(next)
    }

    private mutating func start(_ first: Int, at marker: UInt8?) -> Int {
        guard let marker else { return first }
        let before = place()
        edges[before] = [
            .init(bytes: ByteSet(0...255).subtracting(ByteSet([marker])), target: before),
            .init(bytes: ByteSet([marker]), target: first),
        ]
        return before
    }

    private mutating func accept(_ last: Int, at marker: UInt8?, _ id: Int) {
        guard let marker else {
            accepted[last] = id
            return
        }
        let done = place()
        edges[last].append(.init(bytes: ByteSet([marker]), target: done))
        edges[done].append(.init(bytes: ByteSet(0...255), target: done))
        accepted[done] = id
    }

    private mutating func append(_ language: Language, to first: Int) -> Int {
        switch language {
        case .text(let bytes): return bytes.reduce(first) { step($0, ByteSet([$1])) }
        case .byte(let bytes): return step(first, bytes)
        case .sequence(let parts): return parts.reduce(first) { append($1, to: $0) }
        case .choice(let choices):
            let ends = choices.map { append($0, to: first) }
            let end = place()
            for other in ends { empty[other].append(end) }
            return end
        case .repeated(let inner):
            let begin = place()
            empty[first].append(begin)
            let end = append(inner, to: begin)
            empty[end].append(begin)
            return end
        case .optional(let inner):
            let begin = place()
            empty[first].append(begin)
            let end = append(inner, to: begin)
            let out = place()
            empty[end].append(out)
            empty[begin].append(out)
            return out
        }
    }

    private mutating func step(_ place: Int, _ bytes: ByteSet) -> Int {
        let next = self.place()
        edges[place].append(.init(bytes: bytes, target: next))
        return next
    }

    private func closure(_ place: Int) -> [Int] {
        var found = [place]
        var index = 0
        while index < found.count {
            for next in empty[found[index]] where !found.contains(next) { found.append(next) }
            index += 1
        }
        return found
    }
}

extension Glob {
    /// What `*` does not cross.
    fileprivate var separators: ByteSet { ByteSet(stopsAtSign ? [0x2F, 0x40] : [0x2F]) }
}
