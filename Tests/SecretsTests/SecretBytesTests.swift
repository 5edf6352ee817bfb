import Foundation
import Secrets
import Testing

@Suite("SecretBytes")
struct SecretBytesTests {
    static func secret(_ text: String) throws -> SecretBytes {
        var buffer = try SecretBuffer()
        try buffer.append(text)
        return buffer.finish()
    }

    @Test(
        "bytes come back as they went in",
        arguments: ["", "a", "hunter2-hunter2", String(repeating: "x", count: 70_000)])
    func roundTrip(text: String) throws {
        let secret = try Self.secret(text)
        #expect(secret.count == text.utf8.count)
        #expect(secret.withExposedBytes { $0.elementsEqual(text.utf8) })
    }

    @Test("no way of printing shows the value, its length or its address")
    func unprintable() throws {
        let secret = try Self.secret("hunter2-hunter2")
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(describing: secret), String(reflecting: secret), dumped] {
            #expect(!text.contains("hunter2"))
            #expect(!text.contains("15"))
            #expect(!text.contains("0x"))
        }
        #expect(Mirror(reflecting: secret).children.isEmpty)
    }

    @Test("it is neither Codable nor Hashable nor Equatable")
    func noConformances() throws {
        let secret: Any = try Self.secret("value")
        #expect(!(secret is any Encodable))
        #expect(!(secret is any Decodable))
        #expect(!(secret is any Hashable))
        #expect(!(secret is any CustomStringConvertible))
    }

    @Test(
        "equality looks at every byte",
        arguments: [("", "", true), ("a", "a", true), ("a", "b", false), ("ab", "a", false), ("aaab", "aaaa", false)]
    )
    func equality(left: String, right: String, equal: Bool) throws {
        #expect(try Self.secret(left).isEqual(to: Self.secret(right)) == equal)
    }

    @Test("the pages are locked and left out of core dumps")
    func lockedAndNotDumped() throws {
        let secret = try Self.secret("locked-value")
        let address = secret.withExposedBytes { UInt(bitPattern: $0.baseAddress) }
        let flags = try #require(MemoryMap.flags(at: address))
        #expect(flags.contains("dd"), "MADV_DONTDUMP: \(flags)")
        #expect(!secret.isLocked || flags.contains("lo"), "mlock: \(flags)")
        #expect(secret.isLocked, "RLIMIT_MEMLOCK of a test machine is large enough")
    }

    @Test("the bytes are gone once the last owner lets go", arguments: [32, 5000, 50_000])
    func wiped(count: Int) throws {
        let marker = (0..<count).map { _ in UInt8.random(in: 1...255) }
        var secret: SecretBytes? = try marker.withUnsafeBytes { try SecretBytes(copying: $0) }
        let address = try #require(secret?.withExposedBytes { UInt(bitPattern: $0.baseAddress) })
        #expect(MemoryMap.bytes(at: address, count: count) == marker)
        secret = nil
        // Wiped, or nothing is mapped there any more, or already something else.
        #expect(MemoryMap.bytes(at: address, count: count) != marker)
    }
}
