/// What a file's first bytes say that it contains; its name says nothing.
enum ContainerFormat {
    case gzip
    case zip
    case tar
    /// One whose members cannot be searched.
    case sealed(SealedFormat)

    /// How many bytes are looked at.
    static let beginning = TarHeader.size

    /// Nil where the bytes begin none of them.
    init?(beginning bytes: UnsafeRawBufferPointer) {
        if bytes.starts(with: [0x1F, 0x8B, 0x08]) {
            self = .gzip
        } else if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            self = .zip
        } else if let format = SealedFormat(beginning: bytes) {
            self = .sealed(format)
        } else if bytes.count >= TarHeader.size, TarHeader(bytes) != nil {
            self = .tar
        } else {
            return nil
        }
    }
}
