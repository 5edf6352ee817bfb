import InjectTesting
import Testing

@testable import Secrets

@Suite("SecretPool")
struct SecretPoolTests {
    @Test(
        "a piece has the room that was asked for, in locked pages",
        arguments: [0, 1, 64, 65, 512, 1000, 1024, 5000, 16_384])
    func sizes(size: Int) throws {
        let pool = SecretPool()
        let piece = try #require(pool.take(size))
        #expect(piece.size >= size && piece.size < max(128, size * 2))
        let flags = try #require(MemoryMap.flags(at: piece.address))
        #expect(flags.contains("dd") && (!piece.isLocked || flags.contains("lo")), "\(flags)")
        pool.giveBack(piece)
    }

    @Test("what somebody owns nobody else gets, and what comes back is zeroed")
    func ownership() throws {
        let pool = SecretPool()
        var random = SeededRandom(seed: 5)
        var owned: [SecretPool.Piece] = []
        for step in 0..<3000 {
            if owned.isEmpty || Bool.random(using: &random) {
                let piece = try #require(pool.take(Int.random(in: 0...2000, using: &random)))
                let bytes = try #require(Self.bytes(of: piece))
                #expect(bytes.allSatisfy { $0 == 0 })
                bytes.initializeMemory(as: UInt8.self, repeating: UInt8(step % 255 + 1))
                let end = piece.address + UInt(piece.size)
                #expect(!owned.contains { $0.address < end && piece.address < $0.address + UInt($0.size) })
                owned.append(piece)
            } else {
                pool.giveBack(owned.remove(at: Int.random(in: 0..<owned.count, using: &random)))
            }
        }
        for piece in owned { pool.giveBack(piece) }
    }

    @Test("many tasks share a pool")
    func concurrent() async {
        let pool = SecretPool()
        await withTaskGroup(of: Bool.self) { group in
            for number in UInt8(1)...8 {
                group.addTask {
                    (0..<500).allSatisfy { size in
                        guard let piece = pool.take(size), let bytes = Self.bytes(of: piece) else { return false }
                        defer { pool.giveBack(piece) }
                        bytes.initializeMemory(as: UInt8.self, repeating: number)
                        return bytes.allSatisfy { $0 == number }
                    }
                }
            }
            for await isOwn in group { #expect(isOwn) }
        }
    }

    private static func bytes(of piece: SecretPool.Piece) -> UnsafeMutableRawBufferPointer? {
        UnsafeMutableRawPointer(bitPattern: piece.address).map {
            UnsafeMutableRawBufferPointer(start: $0, count: piece.size)
        }
    }
}
