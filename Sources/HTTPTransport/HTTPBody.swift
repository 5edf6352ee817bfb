package import Secrets

/// The body of a request.
package enum HTTPBody: Sendable {
    /// No body.
    case none
    /// A body that may be seen.
    case bytes([UInt8])
    /// A body that must not be seen.
    case secret(SecretBytes)
}

extension HTTPBody {
    /// The number of bytes, or nil without a body.
    var count: Int? {
        switch self {
        case .none: nil
        case .bytes(let bytes): bytes.count
        case .secret(let secret): secret.count
        }
    }

    /// Copies the bytes from `offset` on into `room` and returns how many there were.
    func copy(from offset: Int, into room: UnsafeMutableRawBufferPointer) -> Int {
        switch self {
        case .none: 0
        case .bytes(let bytes): bytes.withUnsafeBytes { Self.copy($0, from: offset, into: room) }
        case .secret(let secret): secret.withExposedBytes { Self.copy($0, from: offset, into: room) }
        }
    }

    private static func copy(
        _ bytes: UnsafeRawBufferPointer,
        from offset: Int,
        into room: UnsafeMutableRawBufferPointer
    ) -> Int {
        let part = bytes.dropFirst(offset).prefix(room.count)
        room.copyBytes(from: part)
        return part.count
    }
}
