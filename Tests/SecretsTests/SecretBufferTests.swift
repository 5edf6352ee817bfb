import Secrets
import Testing

@Suite("SecretBuffer")
struct SecretBufferTests {
    @Test("it grows over pages without losing a byte", arguments: [1, 4095, 4096, 4097, 200_000, 5_000_000])
    func growth(count: Int) throws {
        var buffer = try SecretBuffer(capacity: 1)
        for index in 0..<count { try buffer.append(UInt8(truncatingIfNeeded: index)) }
        let secret = buffer.finish()
        #expect(secret.count == count)
        #expect(secret.withExposedBytes { $0.enumerated().allSatisfy { $1 == UInt8(truncatingIfNeeded: $0) } })
    }

    @Test("uninitialized room counts only what was filled", arguments: [(-1, 0), (0, 0), (3, 3), (99, 8)])
    func uninitialized(returned: Int, counted: Int) throws {
        var buffer = try SecretBuffer()
        let result = try buffer.appendUninitialized(capacity: 8) { _ in returned }
        #expect(result == returned)
        #expect(buffer.count == counted)
    }

    @Test("pages that grew are still locked and left out of core dumps, and of forked processes but where inherited")
    func grownPages() throws {
        for isInherited in [false, true] {
            // Pages of its own from the start, and then more of them.
            var buffer = try SecretBuffer(capacity: 20_000, isInherited: isInherited)
            let capacity = 200_000
            _ = try buffer.appendUninitialized(capacity: capacity) { _ in capacity }
            let address = buffer.withExposedBytes { UInt(bitPattern: $0.baseAddress) }
            for place in [address, address + UInt(capacity - 1)] {
                let flags = try #require(MemoryMap.flags(at: place))
                #expect(flags.contains("dd") && flags.contains("lo"), "\(flags)")
                #expect(flags.contains("dc") != isInherited, "MADV_DONTFORK: \(flags)")
            }
        }
    }

    @Test("what is written into the room counts once it is claimed, and no more than there is")
    func room() throws {
        var buffer = try SecretBuffer()
        try buffer.append("ab")
        try buffer.reserve(3)
        buffer.room.copyBytes(from: "cde".utf8)
        #expect(buffer.count == 2)
        buffer.claim(3)
        #expect(buffer.withExposedBytes { $0.elementsEqual("abcde".utf8) })
        buffer.claim(-1)
        #expect(buffer.count == 5)
        let room = buffer.room.count
        buffer.claim(room + 1)
        #expect(buffer.count == 5 + room)
        #expect(buffer.room.isEmpty)
    }

    @Test("truncating wipes what is cut off")
    func truncation() throws {
        var buffer = try SecretBuffer()
        try buffer.append("keepgone")
        buffer.truncate(to: 4)
        #expect(buffer.count == 4)
        let tail = buffer.withExposedBytes { bytes in
            (4..<8).map { bytes.baseAddress?.load(fromByteOffset: $0, as: UInt8.self) }
        }
        #expect(tail == [0, 0, 0, 0])
    }

    @Test("bytes written can be changed in place")
    func changing() throws {
        var buffer = try SecretBuffer()
        try buffer.append("secret")
        buffer.withExposedMutableBytes { $0[0] = UInt8(ascii: "S") }
        #expect(buffer.withExposedBytes { $0.elementsEqual("Secret".utf8) })
    }

    @Test("an impossible size is an error and not a trap", arguments: [Int.max, Int.max - 4096, 1 << 60])
    func impossible(size: Int) {
        #expect(throws: SecretMemoryError(byteCount: size)) { _ = try SecretBuffer(capacity: size).finish() }
    }
}
