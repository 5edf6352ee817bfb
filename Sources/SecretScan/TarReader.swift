/// Reads tar files: those of POSIX, with long names and pax properties, and GNU's.
final class TarReader: ContainerReader {
    private enum Stage {
        case header
        /// So many bytes of a member, and so many behind it that fill its last block.
        case content(TarHeader.Kind, left: Int, padding: Int)
        case over
    }

    /// Longer names and properties are passed over.
    private static let longestText = 1 << 16
    private var stage = Stage.header
    private var collector = ByteCollector()
    private var text: [UInt8] = []
    private var nextName: [UInt8]?
    /// Whether a block of zeros was there, behind which anything may stand: another tar file, or what is none.
    private var hasEnded = false

    var isComplete: Bool {
        switch stage {
        case .header: hasEnded || collector.bytes.isEmpty
        case .content: false
        case .over: true
        }
    }

    func read(_ piece: UnsafeRawBufferPointer, _ tell: (ContainerEvent) throws -> Void) throws {
        var rest = piece
        while !rest.isEmpty {
            switch stage {
            case .header: try readHeader(&rest, tell)
            case .content(let kind, let left, let padding):
                try readContent(&rest, kind, left: left, padding: padding, tell)
            case .over: return
            }
        }
    }

    private func readHeader(_ rest: inout UnsafeRawBufferPointer, _ tell: (ContainerEvent) throws -> Void) throws {
        guard collector.collect(TarHeader.size, from: &rest) else { return }
        let block = collector.take()
        if block.allSatisfy({ $0 == 0 }) {
            hasEnded = true
            return
        }
        guard let header = block.withUnsafeBytes({ TarHeader($0) }) else {
            stage = .over
            if hasEnded { return }
            return try tell(.broken("its tar headers are damaged"))
        }
        if header.kind == .file { try tell(.member(name: nextName ?? header.name, isStored: true)) }
        if header.kind == .file || header.kind == .other { nextName = nil }
        text = []
        let padding = (TarHeader.size - header.byteCount % TarHeader.size) % TarHeader.size
        enter(header.kind, left: header.byteCount, padding: padding)
        if header.kind == .file, header.byteCount == 0 { try tell(.end) }
    }

    private func readContent(
        _ rest: inout UnsafeRawBufferPointer,
        _ kind: TarHeader.Kind,
        left: Int,
        padding: Int,
        _ tell: (ContainerEvent) throws -> Void
    ) throws {
        let taken = min(left > 0 ? left : padding, rest.count)
        let bytes = UnsafeRawBufferPointer(rebasing: rest[..<taken])
        rest = UnsafeRawBufferPointer(rebasing: rest[taken...])
        guard left > 0 else { return enter(kind, left: 0, padding: padding - taken) }
        switch kind {
        case .file: try tell(.bytes(bytes))
        case .longName, .properties: if text.count + taken <= Self.longestText { text += bytes }
        case .other: break
        }
        enter(kind, left: left - taken, padding: padding)
        if left == taken { try endContent(kind, tell) }
    }

    private func enter(_ kind: TarHeader.Kind, left: Int, padding: Int) {
        stage = left + padding > 0 ? .content(kind, left: left, padding: padding) : .header
    }

    private func endContent(_ kind: TarHeader.Kind, _ tell: (ContainerEvent) throws -> Void) throws {
        switch kind {
        case .file: try tell(.end)
        case .longName: nextName = Array(text.prefix { $0 != 0 })
        case .properties: nextName = Self.path(in: text) ?? nextName
        case .other: break
        }
    }

    /// The name among pax properties, each of which is `LENGTH KEY=VALUE\n`.
    private static func path(in properties: [UInt8]) -> [UInt8]? {
        var rest = properties[...]
        while let space = rest.firstIndex(of: UInt8(ascii: " ")),
            let count = Int(String(decoding: rest[..<space], as: UTF8.self)), count > 0, count <= rest.count
        {
            let record = rest.prefix(count).dropFirst(space - rest.startIndex + 1)
            if record.starts(with: "path=".utf8) { return Array(record.dropFirst(5).dropLast()) }
            rest = rest.dropFirst(count)
        }
        return nil
    }
}
