/// Base64 at each of the three places a value can have in its groups of three bytes, cut down to the characters that
/// the value alone decides, so that any text before and behind it is still caught.
struct Base64Form: MaskForm {
    /// Which 64 characters.
    enum Alphabet: String {
        case standard = "base64"
        case urlSafe = "base64url"

        var lastTwo: [UInt8] { self == .standard ? Array("+/".utf8) : Array("-_".utf8) }
    }

    let alphabet: Alphabet

    var name: String { alphabet.rawValue }

    func add(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        addWhole(value, to: sink)
        // With k bytes before the value, the characters up to the first that holds only its bits are not stable.
        for (before, unstable) in [(0, 0), (1, 2), (2, 3)] {
            let stable = (before + value.count) * 8 / 6
            for index in unstable..<max(stable, unstable) { sink.append(character(index, of: value, after: before)) }
            sink.end()
        }
    }

    /// The value encoded alone, with its last partial character and padding, so that neither is left behind a mask.
    private func addWhole(_ value: UnsafeRawBufferPointer, to sink: PatternSink) {
        let count = (value.count * 8 + 5) / 6
        for padding in Set([0, (4 - count % 4) % 4]).sorted() {
            for index in 0..<count { sink.append(character(index, of: value, after: 0)) }
            sink.append(repeatElement(UInt8(ascii: "="), count: padding))
            sink.end()
        }
    }

    private func character(_ index: Int, of value: UnsafeRawBufferPointer, after before: Int) -> UInt8 {
        let bit = index * 6
        let byte = { (offset: Int) -> Int in
            let place = offset - before
            return value.indices.contains(place) ? Int(value[place]) : 0
        }
        let pair = byte(bit / 8) << 8 | byte(bit / 8 + 1)
        return symbol(pair >> (10 - bit % 8) & 63)
    }

    private func symbol(_ value: Int) -> UInt8 {
        switch value {
        case 0..<26: UInt8(ascii: "A") + UInt8(value)
        case 26..<52: UInt8(ascii: "a") + UInt8(value - 26)
        case 52..<62: UInt8(ascii: "0") + UInt8(value - 52)
        default: alphabet.lastTwo[value - 62]
        }
    }
}
