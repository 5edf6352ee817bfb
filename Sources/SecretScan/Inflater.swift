internal import CZlib
internal import Secrets

/// Inflates a stream (RFC 1951) piece by piece, through memory that is wiped.
final class Inflater {
    /// How the stream is wrapped, as zlib's window bits.
    enum Wrapping: Int32 {
        /// In gzip's header and checksum (RFC 1952).
        case gzip = 31
        /// Not at all, as in a ZIP.
        case bare = -15
    }

    /// What a piece came to.
    enum Progress {
        /// All of it was read, and the stream goes on.
        case hungry
        /// The stream ended before this many last bytes of the piece.
        case ended(unread: Int)
        /// It is no such stream.
        case broken
    }

    private static let pieceSize = 1 << 16
    private let stream = UnsafeMutablePointer<z_stream>.allocate(capacity: 1)
    private var buffer: SecretBuffer

    init(_ wrapping: Wrapping) throws(SecretMemoryError) {
        buffer = try SecretBuffer(capacity: Self.pieceSize)
        _ = try buffer.appendUninitialized(capacity: Self.pieceSize) { $0.count }
        guard inject_inflate_begin(stream, wrapping.rawValue) == Z_OK else {
            stream.deallocate()
            throw SecretMemoryError(byteCount: 1 << 15)
        }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
    }

    /// Starts another stream of the same kind.
    func reset() { inflateReset(stream) }

    /// Reads a piece of at most 4 GiB and lends `sink` what is in it.
    func read(_ piece: UnsafeRawBufferPointer, _ sink: (UnsafeRawBufferPointer) throws -> Void) throws -> Progress {
        guard let base = piece.baseAddress, !piece.isEmpty else { return .hungry }
        // zlib's interface is older than const; it does not write here.
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(truncatingIfNeeded: piece.count)
        return try buffer.withExposedMutableBytes { room throws in
            while true {
                let result = inflateOnce(into: room)
                let count = room.count - Int(stream.pointee.avail_out)
                if count > 0 { try sink(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<count])) }
                switch result {
                case Z_STREAM_END: return .ended(unread: Int(stream.pointee.avail_in))
                case Z_OK, Z_BUF_ERROR:
                    // Room that is left means that all was read.
                    if stream.pointee.avail_out > 0 { return .hungry }
                default: return .broken
                }
            }
        }
    }

    private func inflateOnce(into room: UnsafeMutableRawBufferPointer) -> Int32 {
        stream.pointee.next_out = room.baseAddress?.assumingMemoryBound(to: UInt8.self)
        stream.pointee.avail_out = UInt32(truncatingIfNeeded: room.count)
        return inflate(stream, Z_NO_FLUSH)
    }
}
