import Testing

@testable import LogMasking

/// Compares what reads many bytes at a time with what reads one, around the sizes of its blocks.
@Suite("Bytes in blocks")
struct ByteBlockTests {
    static let counts = [0, 1, 15, 16, 17, 63, 64, 65, 127, 128, 129, 255 * 16 - 1, 255 * 16, 255 * 16 + 1, 9000]

    @Test(
        "every control character is found once, in order, and spaces where they matter",
        arguments: counts, [false, true]
    )
    func controls(count: Int, includesSpaces: Bool) {
        let bytes = Self.bytes(count)
        let bound: UInt8 = includesSpaces ? 0x21 : 0x20
        let found = bytes.withUnsafeBytes { memory in
            var finder = ControlFinder(memory, includesSpaces: includesSpaces)
            var places: [Int] = []
            while let place = finder.next() { places.append(place) }
            return places
        }
        #expect(found == bytes.indices.filter { bytes[$0] < bound })
    }

    @Test("bytes of the lower and the upper half are told apart at their edges")
    func edges() {
        let bytes = (0...255).map { UInt8($0) }
        let found = bytes.withUnsafeBytes { memory in
            var finder = ControlFinder(memory, includesSpaces: true)
            var places: [Int] = []
            while let place = finder.next() { places.append(place) }
            return places
        }
        #expect(found == Array(0...0x20))
    }

    @Test("every line feed counts, in one piece and in two", arguments: counts)
    func lines(count: Int) {
        for bytes in [Self.bytes(count), [UInt8](repeating: UInt8(ascii: "\n"), count: count)] {
            let expected = 1 + bytes.count { $0 == UInt8(ascii: "\n") }
            var whole = LineCounter()
            bytes.withUnsafeBytes { whole.advance(over: $0) }
            #expect(whole.line == expected)
            var halves = LineCounter()
            bytes.withUnsafeBytes { memory in
                halves.advance(over: UnsafeRawBufferPointer(rebasing: memory[..<(count / 2)]))
                halves.advance(over: UnsafeRawBufferPointer(rebasing: memory[(count / 2)...]))
            }
            #expect(halves.line == expected)
        }
    }

    /// Mostly text, with every kind of byte among it.
    private static func bytes(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let byte = UInt8(truncatingIfNeeded: state >> 56)
            return state >> 32 & 7 == 0 ? byte & 0x2F : byte
        }
    }
}
