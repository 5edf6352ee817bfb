internal import Secrets

/// Reads ZIP files from their beginning to the list at their end, member by member as they lie.
///
/// What stands before the first member, as in a program that unpacks itself, hides them.
final class ZipReader: ContainerReader {
    private enum Stage {
        case header
        /// The name and the extra fields.
        case names(ZipHeader)
        /// A member whose size is known.
        case content(isSearched: Bool, left: Int)
        case deflated(hasDescriptor: Bool)
        /// The sizes behind a member, up to the next signature.
        case descriptor
        case over
    }

    /// What can follow a member: another one, the list of all, or its end (sections 4.3.7, 4.3.12, 4.3.14 and 4.3.16).
    private static let signatures: [[UInt8]] = [
        ZipHeader.signature, [0x50, 0x4B, 0x01, 0x02], [0x50, 0x4B, 0x06, 0x06], [0x50, 0x4B, 0x05, 0x06],
    ]
    /// A descriptor has three or four numbers, of which two may have 64 bits (section 4.3.9); or there is none.
    private static let descriptorCounts = [0, 12, 16, 20, 24]

    private let inflater: Inflater
    private var stage = Stage.header
    private var collector = ByteCollector()

    init() throws(SecretMemoryError) { inflater = try Inflater(.bare) }

    var isComplete: Bool { if case .over = stage { true } else { false } }

    func read(_ piece: UnsafeRawBufferPointer, _ tell: (ContainerEvent) throws -> Void) throws {
        var rest = piece
        while !rest.isEmpty {
            switch stage {
            case .header: try readHeader(&rest, tell)
            case .names(let header): try readNames(of: header, &rest, tell)
            case .content(let isSearched, let left): try readContent(&rest, isSearched, left, tell)
            case .deflated(let hasDescriptor): try inflate(&rest, hasDescriptor, tell)
            case .descriptor: try readDescriptor(&rest, tell)
            case .over: return
            }
        }
    }

    private func readHeader(_ rest: inout UnsafeRawBufferPointer, _ tell: (ContainerEvent) throws -> Void) throws {
        guard collector.collect(4, from: &rest) else { return }
        guard collector.bytes.starts(with: ZipHeader.signature) else { return try endMembers(collector.take(), tell) }
        guard collector.collect(ZipHeader.size, from: &rest) else { return }
        if let header = ZipHeader(collector.take()) { stage = .names(header) }
    }

    /// The list of all members, or what else stands behind the last one.
    private func endMembers(_ signature: [UInt8], _ tell: (ContainerEvent) throws -> Void) throws {
        stage = .over
        guard !Self.signatures.contains(signature) else { return }
        try tell(.broken("its ZIP headers are damaged"))
    }

    private func readNames(
        of header: ZipHeader,
        _ rest: inout UnsafeRawBufferPointer,
        _ tell: (ContainerEvent) throws -> Void
    ) throws {
        let count = header.nameCount + header.extraCount
        if count > 0 { guard collector.collect(count, from: &rest) else { return } }
        let names = collector.take()
        try begin(header, name: Array(names.prefix(header.nameCount)), extra: names.dropFirst(header.nameCount), tell)
    }

    private func begin(
        _ header: ZipHeader,
        name: [UInt8],
        extra: ArraySlice<UInt8>,
        _ tell: (ContainerEvent) throws -> Void
    ) throws {
        let reason: String? =
            if header.isEncrypted {
                "it is encrypted"
            } else if case .other(let number) = header.method {
                "it is compressed with method \(number)"
            } else {
                nil
            }
        if let reason { try tell(.closed(name: name, reason: reason)) }
        if reason == nil, header.method == .deflated {
            try tell(.member(name: name, isStored: false))
            inflater.reset()
            stage = .deflated(hasDescriptor: header.hasDescriptor)
            return
        }
        guard let count = header.byteCount(extra: extra) else {
            stage = .over
            return try tell(.broken("a member without a size hides those behind it"))
        }
        if reason == nil { try tell(.member(name: name, isStored: true)) }
        stage = .content(isSearched: reason == nil, left: count)
        if count == 0 { try endContent(reason == nil, tell) }
    }

    private func readContent(
        _ rest: inout UnsafeRawBufferPointer,
        _ isSearched: Bool,
        _ left: Int,
        _ tell: (ContainerEvent) throws -> Void
    ) throws {
        let taken = min(left, rest.count)
        if isSearched { try tell(.bytes(UnsafeRawBufferPointer(rebasing: rest[..<taken]))) }
        rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
        stage = .content(isSearched: isSearched, left: left - taken)
        if left == taken { try endContent(isSearched, tell) }
    }

    private func endContent(_ isSearched: Bool, _ tell: (ContainerEvent) throws -> Void) throws {
        // An encrypted member can have its sizes behind it although they are known.
        stage = .descriptor
        if isSearched { try tell(.end) }
    }

    private func inflate(
        _ rest: inout UnsafeRawBufferPointer,
        _ hasDescriptor: Bool,
        _ tell: (ContainerEvent) throws -> Void
    ) throws {
        let piece = rest
        rest = UnsafeRawBufferPointer(rebasing: piece[piece.count...])
        switch try inflater.read(piece, { try tell(.bytes($0)) }) {
        case .hungry: try tell(.packed(piece))
        case .ended(let unread):
            try tell(.packed(UnsafeRawBufferPointer(rebasing: piece[..<(piece.count - unread)])))
            rest = UnsafeRawBufferPointer(rebasing: piece[(piece.count - unread)...])
            stage = hasDescriptor ? .descriptor : .header
            try tell(.end)
        case .broken:
            stage = .over
            try tell(.broken("a compressed member is damaged"))
        }
    }

    /// Passes over a descriptor: whether there is one and how long its numbers are, only what stands behind it says.
    private func readDescriptor(_ rest: inout UnsafeRawBufferPointer, _ tell: (ContainerEvent) throws -> Void) throws {
        for count in Self.descriptorCounts {
            guard collector.collect(count + 4, from: &rest) else { return }
            guard Self.signatures.contains(Array(collector.bytes.suffix(4))) else { continue }
            collector.drop(count)
            stage = .header
            return
        }
        stage = .over
        try tell(.broken("what stands behind a member is damaged"))
    }
}
