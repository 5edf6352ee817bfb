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

    /// Where an interrupted occurrence ends that starts at `start`.
    func ends(in text: [UInt8], from start: Int) -> End {
        guard pattern.interruption != .none, pattern.bytes.count >= 8 else { return .none }
        var (place, index, isFirst) = (start, 0, true)
        while index < pattern.bytes.count {
            if place - start >= 16 * pattern.bytes.count + 64 { return .none }
            if place == text.count { return isFirst ? .none : .unfinished }
            let needsSpace = isSpace(pattern.bytes[index])
            if index > 0, needsSpace || [0x0A, 0x0D, 0x1B].contains(text[place]) {
                if isFirst, !isLongEnough(index, before: text[place]) { return .none }
                isFirst = false
                while isSpace(pattern.bytes[index]) { index += 1 }
                switch interruptionEnd(text, place, needsSpace) {
                case .none: return .none
                case .unfinished:
                    return text.count - start >= 16 * pattern.bytes.count + 64 ? .none : .unfinished
                case .at(let end): place = end
                }
                if place - start >= 16 * pattern.bytes.count + 64 { return .none }
            }
            guard text[place] == pattern.bytes[index] else { return .none }
            (place, index) = (place + 1, index + 1)
        }
        return isFirst || Array(text[start..<place]) == pattern.bytes ? .none : .at(place)
    }

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
