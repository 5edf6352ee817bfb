internal import Secrets

/// Numbers in base 62: digits, capitals, small letters.
enum Base62 {
    /// Fills `output` with the digits of a big-endian number of 32-bit words, which may be secret; there is room for all.
    static func write(_ number: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        withUnsafeTemporaryAllocation(of: UInt32.self, capacity: number.count / 4) { rest in
            defer { SecretBuffer.wipe(UnsafeMutableRawBufferPointer(rest)) }
            for index in rest.indices {
                let word = number.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
                rest.initializeElement(at: index, to: UInt32(bigEndian: word))
            }
            for place in output.indices.reversed() {
                var remainder: UInt64 = 0
                for index in rest.indices {
                    let value = remainder << 32 | UInt64(rest[index])
                    (rest[index], remainder) = (UInt32(value / 62), value % 62)
                }
                output[place] = digit(of: UInt8(remainder))
            }
        }
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
