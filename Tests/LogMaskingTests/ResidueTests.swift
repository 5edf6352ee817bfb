import InjectTesting
import LogMasking
import Secrets
import Testing

/// What of a secret is left in this process's memory.
@Suite("Residue", .serialized)
struct ResidueTests {
    @Test("nothing of a value or its held beginning is left when the masker is gone")
    func nothingLeft() throws {
        let mask: UInt8 = 0x55
        let masked = (0..<30).map { _ in UInt8.random(in: 0x61...0x7A) ^ mask }
        var buffer = try SecretBuffer()
        for byte in masked { try buffer.append(byte ^ mask) }
        let value = buffer.finish()
        let beginning = Array(masked[..<20])
        do {
            var masker = try StreamMasker(MaskPatterns([MaskedValue(name: "A", value: value)]))
            value.withExposedBytes { bytes in
                masker.write(UnsafeRawBufferPointer(rebasing: bytes[..<24])) { _ in }
            }
            #expect(masker.heldCount == 24)
            // The value itself, its beginning in the held tail, and what the masker matches with.
            #expect(try OwnMemory.count(of: beginning, mask: mask) >= 3)
        }
        #expect(try OwnMemory.count(of: beginning, mask: mask) == 1)
        withExtendedLifetime(value) {}
    }
}
