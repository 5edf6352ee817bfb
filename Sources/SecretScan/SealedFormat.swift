/// A container whose content cannot be searched as it lies, told by its first bytes and never by its name.
package enum SealedFormat: String, CaseIterable, Sendable {
    case gzip
    case zip
    case xz
    case zstd
    case bzip2
    case sevenZip = "7z"

    /// Says which container begins with these bytes, if any does.
    package init?(beginning bytes: UnsafeRawBufferPointer) {
        guard let format = Self.allCases.first(where: { bytes.starts(with: $0.magic) }) else { return nil }
        self = format
    }

    private var magic: [UInt8] {
        switch self {
        case .gzip: [0x1F, 0x8B, 0x08]
        case .zip: [0x50, 0x4B, 0x03, 0x04]
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
        case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
        case .bzip2: [0x42, 0x5A, 0x68]
        case .sevenZip: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]
        }
    }
}
