import Policy

/// Puts one automaton for each glob and each language of the model side by side, so that a word runs through all at once.
///
/// A glob of n elements gets n + 1 places: `*` and `**` are loops, and nothing else repeats.
struct AutomatonBuilder {
    // In the order in which they were added; `built` sorts them by place.
    private var edges: [(place: Int, edge: Automaton.Edge)] = []
    private var sets = ByteSetTable()
    private var empty: [[Int]] = []
    private var accepted: [Int?] = []
    private var starts: [Int] = []
    private var languageStart: Int?

    /// Adds a glob over a part of the word; it accepts as `id`.
    mutating func add(_ glob: Glob, part: ClaimWord.Part, id: Int) {
        let first = place()
        var last = first
        for element in glob.elements {
            let next = place()
            switch element {
            case .byte(let byte): link(last, sets.number(of: byte), next)
            case .star: loop(last, ByteSet.text.subtracting(glob.separators), next)
            case .doubleStar: loop(last, .text, next)
            case .anyByte: link(last, .text, next)
            }
            last = next
        }
        // A marker inside the part is no byte of it.
        var passed = ClaimWord.markers
        if let end = part.end { passed = passed.subtracting(ByteSet([end])) }
        let set = sets.number(of: passed)
        for place in first...last { link(place, set, place) }
        starts.append(start(first, at: part.start))
        accept(last, at: part.end, id)
    }

    /// Adds a language of whole words, after all globs; it accepts as `id`.
    mutating func add(_ language: Language, id: Int) {
        if languageStart == nil { languageStart = accepted.count }
        let first = place()
        starts.append(first)
        accepted[append(language, to: first)] = id
    }

    func built() -> Automaton {
        let (sorted, ends) = sortedEdges()
        let begin = { place in place > 0 ? ends[place - 1] : 0 }
        var edges: [Automaton.Edge] = []
        edges.reserveCapacity(sorted.count)
        var firsts = [0]
        firsts.reserveCapacity(accepted.count + 1)
        var accepted = accepted.map { $0.map { [$0] } ?? [] }
        for place in accepted.indices {
            // Most places have no empty step, and then their edges are already what is wanted.
            if empty[place].isEmpty {
                edges += sorted[begin(place)..<ends[place]]
            } else {
                let closure = closure(place)
                for other in closure { edges += sorted[begin(other)..<ends[other]] }
                accepted[place] = closure.compactMap { self.accepted[$0] }
            }
            firsts.append(edges.count)
        }
        return Automaton(
            sets: sets.sets,
            edges: edges,
            firsts: firsts,
            accepted: accepted,
            starts: starts,
            languageStart: languageStart ?? accepted.count
        )
    }

    /// The edges place behind place, by counting, and where those of each place end.
    private func sortedEdges() -> ([Automaton.Edge], ends: [Int]) {
        var ends = [Int](repeating: 0, count: accepted.count)
        for (place, _) in edges { ends[place] += 1 }
        var total = 0
        for place in ends.indices {
            total += ends[place]
            ends[place] = total - ends[place]
        }
        var sorted = [Automaton.Edge](repeating: Automaton.Edge(set: 0, target: 0), count: total)
        for (place, edge) in edges {
            sorted[ends[place]] = edge
            ends[place] += 1
        }
        return (sorted, ends)
    }

    // MARK: - Parts

    private mutating func place() -> Int {
        empty.append([])
        accepted.append(nil)
        return accepted.count - 1
    }

    private mutating func link(_ place: Int, _ bytes: ByteSet, _ target: Int) {
        link(place, sets.number(of: bytes), target)
    }

    private mutating func link(_ place: Int, _ set: Int, _ target: Int) {
        edges.append((place, Automaton.Edge(set: set, target: target)))
    }

    private mutating func loop(_ place: Int, _ bytes: ByteSet, _ next: Int) {
        link(place, bytes, place)
        empty[place].append(next)
    }

    private mutating func start(_ first: Int, at marker: UInt8?) -> Int {
        guard let marker else { return first }
        let before = place()
        link(before, ByteSet(0...255).subtracting(ByteSet([marker])), before)
        link(before, sets.number(of: marker), first)
        return before
    }

    private mutating func accept(_ last: Int, at marker: UInt8?, _ id: Int) {
        guard let marker else {
            accepted[last] = id
            return
        }
        let done = place()
        link(last, sets.number(of: marker), done)
        link(done, ByteSet(0...255), done)
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
        link(place, bytes, next)
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
