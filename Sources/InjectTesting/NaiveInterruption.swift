/// What it means that something stands between a pattern's bytes, one byte after the other.
struct NaiveInterruption {
    enum End: Equatable {
        case none, unfinished
        case at(Int)

        var place: Int? {
            if case .at(let place) = self { place } else { nil }
        }
    }

    private let pattern: NaivePattern

    init(_ pattern: NaivePattern) { self.pattern = pattern }

    /// Where the interrupted occurrences end that start at `start`, one for each place of the first interruption: an
    /// escape character there may as well be the value's own.
    func ends(in text: [UInt8], from start: Int) -> [End] {
        guard pattern.interruption != .none, pattern.bytes.count >= 8 else { return [] }
        let bytes = pattern.bytes.prefix { !isSpace($0) }
        let exact = zip(bytes, text[start...]).prefix { $0 == $1 }.count
        let longest = min(exact, pattern.bytes.count - 1, text.count - start - 1)
        guard longest > 0 else { return [] }
        return (1...longest).filter { canInterrupt($0, before: text[start + $0]) }.map {
            end(in: text, from: start, head: $0)
        }
    }

    private func canInterrupt(_ head: Int, before byte: UInt8) -> Bool {
        (startsInterruption(byte) || isSpace(pattern.bytes[head])) && isLongEnough(head, before: byte)
    }

    private func end(in text: [UInt8], from start: Int, head: Int) -> End {
        let longest = 32 * pattern.bytes.count + 64
        var (place, index) = (start + head, head)
        while index < pattern.bytes.count {
            if place - start >= longest { return .none }
            if place == text.count { return .unfinished }
            let needsSpace = isSpace(pattern.bytes[index])
            if needsSpace || startsInterruption(text[place]) {
                while isSpace(pattern.bytes[index]) { index += 1 }
                switch interruptionEnd(text, place, needsSpace) {
                case .none: return .none
                case .unfinished: return text.count - start >= longest ? .none : .unfinished
                case .at(let end): place = end
                }
                if place - start >= longest { return .none }
            }
            guard text[place] == pattern.bytes[index] else { return .none }
            (place, index) = (place + 1, index + 1)
        }
        return Array(text[start..<place]) == pattern.bytes ? .none : .at(place)
    }

    private func startsInterruption(_ byte: UInt8) -> Bool { [0x0A, 0x0D, 0x1B].contains(byte) }

    private func isLongEnough(_ head: Int, before byte: UInt8) -> Bool {
        head >= 4 || (byte == 0x1B && pattern.interruption == .anywhere)
    }

    private func interruptionEnd(_ text: [UInt8], _ start: Int, _ needsSpace: Bool) -> End {
        var (place, hasBreak, hasSpace) = (start, needsSpace, false)
        while true {
            if place - start > 256 { return .none }
            if place == text.count { return .unfinished }
            if text[place] == 0x0A || text[place] == 0x0D {
                (place, hasBreak, hasSpace) = (place + 1, true, true)
            } else if text[place] == 0x20 || text[place] == 0x09, hasBreak {
                (place, hasSpace) = (place + 1, true)
            } else if text[place] == 0x1B {
                var escape = Array(text[(place + 1)...].prefix(max(start + 257 - place - 1, 0)))
                let isCut = escape.count < text.count - place - 1
                let isControl = escape.first == 0x5B
                if isControl { escape = Array(escape.dropFirst().drop { (0x30...0x3F).contains($0) }) }
                escape = Array(escape.drop { (0x20...0x2F).contains($0) })
                guard let final = escape.first else { return isCut ? .none : .unfinished }
                let others = "PX]^_".utf8.contains(final)
                let isEscape = isControl ? (0x40...0x7E).contains(final) : (0x30...0x7E).contains(final) && !others
                guard isEscape else { return hasSpace || !needsSpace ? .at(place) : .none }
                place = min(text.count, start + 257) - escape.count + 1
            } else {
                return hasSpace || !needsSpace ? .at(place) : .none
            }
        }
    }

    private func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}
