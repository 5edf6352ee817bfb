import Foundation
import Secrets

/// What stands in the writable memory of the process that runs the tests.
///
/// A text is asked for as its bytes combined with a mask, so that the question is no answer. Who asks has to be the only
/// test in the process: others hold for a moment what they read or copied.
package enum OwnMemory {
    /// The memory could not be read.
    package struct Failure: Error {}

    private static let pieceSize = 1 << 16

    /// How often the unmasked bytes stand there.
    package static func count(of masked: [UInt8], mask: UInt8) throws -> Int {
        // Reading it as a file of its size, which is 0, would end after the first page.
        guard let handle = FileHandle(forReadingAtPath: "/proc/self/maps"), let data = try handle.readToEnd() else {
            throw Failure()
        }
        let memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
        guard memory >= 0 else { throw Failure() }
        defer { close(memory) }
        var found = 0
        for line in String(decoding: data, as: UTF8.self).split(separator: "\n")
        where line.split(separator: " ")[1].hasPrefix("rw") {
            let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { Int($0, radix: 16) }
            guard ends.count == 2 else { continue }
            for start in stride(from: ends[0], to: ends[1], by: pieceSize) {
                // A piece overlaps the next one by a byte less than what is looked for: nothing is missed or counted twice.
                let size = min(pieceSize + masked.count - 1, ends[1] - start)
                found += try count(of: masked, mask, in: memory, at: start, size: size)
            }
        }
        return found
    }

    /// Searches one piece; pages that another thread gave back meanwhile are skipped.
    private static func count(
        of masked: [UInt8],
        _ mask: UInt8,
        in memory: Int32,
        at start: Int,
        size: Int
    ) throws -> Int {
        // Pages of its own, wiped when they go: what was read must not be found by the next search.
        var piece = try SecretBuffer(capacity: size)
        _ = try piece.appendUninitialized(capacity: size) { pread(memory, $0.baseAddress, size, start) }
        return piece.withExposedBytes { bytes in
            guard let room = bytes.baseAddress, bytes.count >= masked.count else { return 0 }
            var found = 0
            var offset = 0
            while offset <= bytes.count - masked.count,
                let hit = memchr(room + offset, Int32(masked[0] ^ mask), bytes.count - masked.count - offset + 1)
            {
                let place = UnsafeRawPointer(hit) - room
                if masked.indices.allSatisfy({ bytes[place + $0] == masked[$0] ^ mask }) { found += 1 }
                offset = place + 1
            }
            return found
        }
    }
}
