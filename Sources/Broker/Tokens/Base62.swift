/// Numbers in base 62: digits, capitals, small letters.
enum Base62 {
    /// A big-endian number in so many digits, which are enough for it.
    static func digits(of number: UnsafeRawBufferPointer, count: Int) -> [UInt8] {
        var rest = Array(number)
        var digits: [UInt8] = []
        for _ in 0..<count {
            var remainder = 0
            for index in rest.indices {
                let value = remainder << 8 | Int(rest[index])
                rest[index] = UInt8(value / 62)
                remainder = value % 62
            }
            digits.append(digit(of: UInt8(remainder)))
        }
        return digits.reversed()
    }

    static func isDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: false
        }
    }

    private static func digit(of value: UInt8) -> UInt8 {
        switch value {
        case 0..<10: UInt8(ascii: "0") + value
        case 10..<36: UInt8(ascii: "A") + value - 10
        default: UInt8(ascii: "a") + value - 36
        }
    }
}
