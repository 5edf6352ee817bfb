internal import Secrets

/// Reads gzip (RFC 1952): one content, in one compressed stream or in several, one behind the other.
final class GzipReader: ContainerReader {
    private enum Stage {
        case beginning
        case inside
        /// Behind a stream, with what may be the beginning of another one's header.
        case between([UInt8])
        case over
    }

    private static let magic: [UInt8] = [0x1F, 0x8B]
    private let inflater: Inflater
    private var stage = Stage.beginning

    init() throws(SecretMemoryError) { inflater = try Inflater(.gzip) }

    var isComplete: Bool {
        switch stage {
        case .beginning, .inside: false
        case .between, .over: true
        }
    }

    func read(_ piece: UnsafeRawBufferPointer, _ tell: (ContainerEvent) throws -> Void) throws {
        var rest = piece
        while !rest.isEmpty {
            switch stage {
            case .beginning:
                try tell(.member(name: nil, isStored: false))
                stage = .inside
            case .inside:
                let piece = rest
                rest = try inflate(piece, tell)
                if case .over = stage { return }
                try tell(.packed(UnsafeRawBufferPointer(rebasing: piece[..<(piece.count - rest.count)])))
            case .between(let seen): rest = try look(for: seen, in: rest, tell)
            // Tapes are padded; what is no other stream is none of ours.
            case .over: return
            }
        }
    }

    /// Inflates, and returns what is not part of the stream.
    private func inflate(
        _ piece: UnsafeRawBufferPointer,
        _ tell: (ContainerEvent) throws -> Void
    ) throws -> UnsafeRawBufferPointer {
        switch try inflater.read(piece, { try tell(.bytes($0)) }) {
        case .hungry: return UnsafeRawBufferPointer(rebasing: piece[piece.count...])
        case .ended(let unread):
            stage = .between([])
            return UnsafeRawBufferPointer(rebasing: piece[(piece.count - unread)...])
        case .broken:
            stage = .over
            try tell(.broken("its gzip stream is damaged"))
            return UnsafeRawBufferPointer(rebasing: piece[piece.count...])
        }
    }

    /// Goes on with another stream where one begins.
    private func look(
        for seen: [UInt8],
        in piece: UnsafeRawBufferPointer,
        _ tell: (ContainerEvent) throws -> Void
    ) throws -> UnsafeRawBufferPointer {
        let taken = min(Self.magic.count - seen.count, piece.count)
        let start = seen + piece[..<taken]
        guard Self.magic.starts(with: start) else {
            stage = .over
            return piece
        }
        stage = .between(start)
        let rest = UnsafeRawBufferPointer(rebasing: piece[taken...])
        guard start.count == Self.magic.count else { return rest }
        inflater.reset()
        stage = .inside
        _ = try start.withUnsafeBytes { try inflate($0, tell) }
        return rest
    }
}
