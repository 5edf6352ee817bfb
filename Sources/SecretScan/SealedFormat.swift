/// A container that is not looked into.
enum SealedFormat: String, CaseIterable {
    case xz
    case zstd
    case bzip2
    case sevenZip = "7z"

    /// Says which of them begins with these bytes, if any does.
    init?(beginning bytes: UnsafeRawBufferPointer) {
        guard let format = Self.allCases.first(where: { bytes.starts(with: $0.magic) }) else { return nil }
        self = format
    }

    private var magic: [UInt8] {
        switch self {
        case .xz: [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]
        case .zstd: [0x28, 0xB5, 0x2F, 0xFD]
        case .bzip2: [0x42, 0x5A, 0x68]
        case .sevenZip: [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]
        }
    }
}
