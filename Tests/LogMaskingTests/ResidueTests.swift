import Foundation
import LogMasking
import Secrets
import Testing

/// What of a secret is left in this process's memory.
@Suite("Residue")
struct ResidueTests {
    /// Stored as differences, so that the text itself is nowhere but where the masker put it.
    private static let masked: [UInt8] = "residue-of-a-masked-value-7f3k".utf8.map { $0 ^ 0x55 }

    private static func secret() throws -> SecretBytes {
        var buffer = try SecretBuffer()
        for byte in masked { try buffer.append(byte ^ 0x55) }
        return buffer.finish()
    }

    @Test("nothing of a value or its held beginning is left when the masker is gone")
    func nothingLeft() throws {
        let value = try Self.secret()
        let before = try Self.lasting(value)
        do {
            var masker = try StreamMasker(MaskPatterns([MaskedValue(name: "A", value: value)]))
            value.withExposedBytes { bytes in
                masker.write(UnsafeRawBufferPointer(rebasing: bytes[..<24])) { _ in }
            }
            #expect(masker.heldCount == 24)
            // The beginning in the held tail, and the labels in the automaton's tables.
            #expect(try Self.copies(of: value) >= before + 2)
        }
        #expect(try Self.lasting(value) == before)
    }

    /// How many copies stay: another test that searches this memory holds for a moment what it read.
    private static func lasting(_ value: SecretBytes) throws -> Int {
        try (0..<10).map { _ in try copies(of: value) }.min() ?? 0
    }

    /// How often the first 20 bytes of the value stand in writable memory.
    private static func copies(of value: SecretBytes) throws -> Int {
        let handle = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
        let maps = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
        let memory = open("/proc/self/mem", O_RDONLY)
        defer { close(memory) }
        return maps.split(separator: "\n").reduce(0) { sum, line in
            let fields = line.split(separator: " ")
            let ends = fields[0].split(separator: "-").compactMap { UInt(String($0), radix: 16) }
            guard fields[1].hasPrefix("rw"), ends.count == 2 else { return sum }
            return sum + value.withExposedBytes { count($0, in: memory, from: ends[0], to: ends[1]) }
        }
    }

    /// Reads through the kernel: another test may unmap the range at any time.
    private static func count(_ value: UnsafeRawBufferPointer, in memory: Int32, from start: UInt, to end: UInt) -> Int
    {
        let page = UnsafeMutableRawPointer.allocate(byteCount: 1 << 16, alignment: 16)
        defer {
            // What was read must not be found by the next search.
            SecretBuffer.wipe(UnsafeMutableRawBufferPointer(start: page, count: 1 << 16))
            page.deallocate()
        }
        var (count, offset) = (0, start)
        while offset < end, let needle = value.baseAddress {
            let size = pread(memory, page, min(1 << 16, Int(end - offset)), off_t(Int(bitPattern: offset)))
            guard size > 0 else { break }
            var place = page
            while let found = memchr(place, Int32(needle.load(as: UInt8.self)), page + size - place) {
                if page + size - found >= 20, memcmp(found, needle, 20) == 0 { count += 1 }
                place = found + 1
            }
            memset(page, 0, size)
            offset += UInt(size)
        }
        return count
    }
}
