import InjectTesting
import Testing

@testable import Broker

@Suite("Base62")
struct Base62Tests {
    /// The number, digit by digit, with nothing wider than a byte.
    private static func slow(_ number: [UInt8], count: Int) -> String {
        let alphabet = Array("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
        var (rest, digits) = (number.map(Int.init), "")
        for _ in 0..<count {
            var remainder = 0
            for index in rest.indices {
                let value = remainder * 256 + rest[index]
                (rest[index], remainder) = (value / 62, value % 62)
            }
            digits = String(alphabet[remainder]) + digits
        }
        return digits
    }

    private static func written(_ number: [UInt8], count: Int) -> String {
        var room = [UInt8](repeating: 0, count: count)
        number.withUnsafeBytes { number in room.withUnsafeMutableBytes { Base62.write(number, into: $0) } }
        return String(decoding: room, as: UTF8.self)
    }

    @Test("the digits are those of the number", arguments: 0..<60)
    func oracle(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let number = (0..<32).map { _ in random.below(3) == 0 ? 0 : UInt8(random.below(256)) }
        #expect(Self.written(number, count: 43) == Self.slow(number, count: 43))
        #expect(Self.written(Array(number.prefix(4)), count: 6) == Self.slow(Array(number.prefix(4)), count: 6))
    }

    @Test("the smallest and the largest number fit")
    func ends() {
        #expect(Self.written([UInt8](repeating: 0, count: 32), count: 43) == String(repeating: "0", count: 43))
        #expect(Self.written([0, 0, 0, 61], count: 6) == "00000z")
        #expect(
            Self.written([UInt8](repeating: 255, count: 32), count: 43)
                == Self.slow([UInt8](repeating: 255, count: 32), count: 43))
    }
}
