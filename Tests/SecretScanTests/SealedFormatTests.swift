import Testing

@testable import SecretScan

@Suite("Sealed containers by their first bytes")
struct SealedFormatTests {
    @Test(
        "a container is told by its first bytes",
        arguments: [
            ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], SealedFormat.xz), ([0x28, 0xB5, 0x2F, 0xFD], .zstd),
            ([0x42, 0x5A, 0x68, 0x39], .bzip2), ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], .sevenZip),
        ] as [([UInt8], SealedFormat)]
    )
    func known(bytes: [UInt8], format: SealedFormat) {
        #expect(bytes.withUnsafeBytes { SealedFormat(beginning: $0) } == format)
    }

    @Test(
        "other bytes, and too few of them, are no container",
        arguments: [[], [0xFD], [0x42, 0x5A], [0x50, 0x4B, 0x03, 0x04]] as [[UInt8]])
    func unknown(bytes: [UInt8]) {
        #expect(bytes.withUnsafeBytes { SealedFormat(beginning: $0) } == nil)
    }
}
