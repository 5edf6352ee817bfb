import Foundation
import HTTPTransport
import InjectTesting
import Secrets
import Testing

@Suite("What is left of a secret in memory", .serialized)
struct WipedMemoryTests {
    @Test("a secret sent as a header and a body, and received as one, leaves no copy once the client is gone")
    func copies() async throws {
        let mask: UInt8 = 0x5A
        let masked = (0..<40).map { _ in UInt8.random(in: 0x61...0x7A) ^ mask }
        #expect(try await copies(of: masked, mask) == 0)
    }

    @Test("the search finds a copy that is there")
    func control() throws {
        let mask: UInt8 = 0x5A
        let masked = (0..<40).map { _ in UInt8.random(in: 0x61...0x7A) ^ mask }
        let plain = masked.map { $0 ^ mask }
        #expect(try Self.count(of: masked, mask) >= 1)
        withExtendedLifetime(plain) {}
    }

    private func copies(of masked: [UInt8], _ mask: UInt8) async throws -> Int {
        let folder = try TemporaryFolder()
        let own = try TestCertificate(in: folder, name: "own", for: "IP:127.0.0.1")
        let server = try TLSServer(certificate: own.certificate, key: own.key)
        try await send(masked, mask, server.port, own.certificate)
        // Another test that searches this process's memory holds for a moment what it read: a copy that is left by us stays.
        for _ in 0..<20 where try Self.count(of: masked, mask) > 0 { await Task.yield() }
        return try Self.count(of: masked, mask)
    }

    private func send(_ masked: [UInt8], _ mask: UInt8, _ port: Int, _ bundle: String) async throws {
        var buffer = try SecretBuffer()
        for byte in masked { try buffer.append(byte ^ mask) }
        let client = CurlClient(.init(caBundle: bundle))
        let secret = buffer.finish()
        var request = HTTPRequest(method: .post, url: "https://127.0.0.1:\(port)/", body: .secret(secret))
        request.headers = [("Authorization", .secret(prefix: "Bearer ", secret))]
        #expect(try await client.send(request).body.isEqual(to: secret))
    }

    /// How often the unmasked bytes stand in this process's writable memory.
    private static func count(of masked: [UInt8], _ mask: UInt8) throws -> Int {
        // Reading it as a file of its size, which is 0, would end after the first page.
        let handle = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
        let maps = String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self)
        let memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC)
        defer { close(memory) }
        var found = 0
        for line in maps.split(separator: "\n") where line.split(separator: " ")[1].hasPrefix("rw") {
            let ends = line.prefix { $0 != " " }.split(separator: "-").compactMap { Int($0, radix: 16) }
            guard ends.count == 2 else { continue }
            for start in stride(from: ends[0], to: ends[1], by: pieceSize) {
                found += try count(of: masked, mask, in: memory, at: start, size: min(pieceSize + 64, ends[1] - start))
            }
        }
        return found
    }

    private static let pieceSize = 1 << 16

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
