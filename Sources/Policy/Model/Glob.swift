/// A pattern over bytes, anchored at both ends: `*` stays within a segment, `**` is a whole segment and anything.
///
/// There is no `?`, no class, no escape and no regular expression: every pattern has a small automaton, and nothing can
/// forget an anchor.
package struct Glob: Hashable, Sendable {
    /// One element of a pattern.
    package enum Element: Hashable, Sendable {
        /// This byte.
        case byte(UInt8)
        /// `*`: any number of bytes that are no separator.
        case star
        /// `**`: any number of bytes.
        case doubleStar
        /// IAM's `?`, one byte of any kind; no pattern of a policy file has it.
        case anyByte
    }

    /// The pattern as it is written.
    package let text: String
    /// The pattern's elements.
    package let elements: [Element]
    /// Whether `*` stops at `@` as well as at `/`, as in `workflow_ref`.
    package let stopsAtSign: Bool

    init(text: String, elements: [Element], stopsAtSign: Bool) {
        self.text = text
        self.elements = elements
        self.stopsAtSign = stopsAtSign
    }

    /// Mixes in the text, which all but a few patterns differ in.
    package func hash(into hasher: inout Hasher) { hasher.combine(text) }

    /// Whether the pattern is an exact text.
    package var isLiteral: Bool { elements.allSatisfy { $0 != .star && $0 != .doubleStar && $0 != .anyByte } }

    /// Whether the pattern matches all of `value`, in time bounded by the product of the two lengths.
    package func matches(_ value: [UInt8]) -> Bool {
        // Most patterns begin with text, and most values with another.
        var start = 0
        while start < elements.count, case .byte(let wanted) = elements[start] {
            guard start < value.count, value[start] == wanted else { return false }
            start += 1
        }
        guard start < elements.count else { return value.count == start }
        var places = [Bool](repeating: false, count: elements.count + 1)
        places[start] = true
        var reached = closure(of: places)
        for byte in value[start...] {
            var next = [Bool](repeating: false, count: elements.count + 1)
            for (place, element) in elements.enumerated() where reached[place] {
                switch element {
                case .byte(let wanted): if wanted == byte { next[place + 1] = true }
                case .star: if !isSeparator(byte) { next[place] = true }
                case .doubleStar: next[place] = true
                case .anyByte: next[place + 1] = true
                }
            }
            reached = closure(of: next)
        }
        return reached[elements.count]
    }

    /// A star may also match nothing: its place reaches the one behind it.
    private func closure(of places: [Bool]) -> [Bool] {
        var places = places
        for (place, element) in elements.enumerated() where places[place] {
            if element == .star || element == .doubleStar { places[place + 1] = true }
        }
        return places
    }

    private func isSeparator(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "/") || stopsAtSign && byte == UInt8(ascii: "@")
    }
}
