package import LogMasking
internal import Secrets

/// Searches one content as it lies and, where it is a container, what is in it.
///
/// Pieces go through as they come: memory does not grow with the file, only with how deep containers are nested.
package final class ContentSearch {
    private enum Stage {
        /// Too few bytes to know what it is.
        case beginning
        case container(any ContainerReader)
        /// There is nothing more to look into.
        case plain
    }

    private let scan: ScanState
    private let place: ScanPath
    private let depth: Int
    private var masker: StreamMasker
    private var stage = Stage.beginning
    private var beginning: SecretBuffer
    private var member: ContentSearch?
    private var memberIsStored = false
    /// How often each secret stands in members: where they lie here as they are, it is found in both.
    private var accounted: [String: Int] = [:]
    /// Searches what is no member's: what is found there is told, whatever the members have.
    private var outside: StreamMasker?

    /// Makes a search that tells `report` what the content and each member of it come to, and keeps it until its end.
    package convenience init(
        of place: ScanPath,
        _ patterns: MaskPatterns,
        _ report: @escaping (ScanPath, ScanResult) -> Void
    ) throws {
        try self.init(place, depth: 0, ScanState(place, patterns, report))
    }

    init(_ place: ScanPath, depth: Int, _ scan: ScanState) throws(SecretMemoryError) {
        (self.place, self.depth, self.scan) = (place, depth, scan)
        masker = try StreamMasker(scan.patterns)
        beginning = try SecretBuffer(capacity: ContainerFormat.beginning)
    }

    /// Searches what comes next.
    package func write(_ piece: UnsafeRawBufferPointer) throws {
        masker.write(piece) { _ in }
        guard case .beginning = stage else { return try look(into: piece) }
        let taken = min(ContainerFormat.beginning - beginning.count, piece.count)
        try beginning.append(UnsafeRawBufferPointer(rebasing: piece[..<taken]))
        guard beginning.count == ContainerFormat.beginning else { return }
        try decide()
        try look(into: UnsafeRawBufferPointer(rebasing: piece[taken...]))
    }

    /// Searches what is left, tells what was found, and returns how often each secret was.
    ///
    /// To be called once.
    @discardableResult
    package func finish() throws -> [String: Int] {
        if case .beginning = stage { try decide() }
        if case .container(let reader) = stage, !reader.isComplete { try breakOff("it ends too early") }
        try endMember()
        masker.finish { _ in }
        outside?.finish { _ in }
        let own = Set(outside?.report.entries.map(\.name) ?? [])
        let entries = masker.report.entries
        let told = entries.filter { own.contains($0.name) || $0.count > accounted[$0.name, default: 0] }
        scan.tell(place, .searched(MaskReport(entries: told)))
        return Dictionary(entries.map { ($0.name, $0.count) }) { $0 + $1 }
    }

    /// Chooses the reader, and hands it the beginning.
    private func decide() throws {
        stage = .plain
        let format = beginning.withExposedBytes { ContainerFormat(beginning: $0) }
        guard let format, let reader = try reader(of: format) else { return }
        stage = .container(reader)
        outside = try StreamMasker(scan.patterns)
        try beginning.withExposedBytes { try look(into: $0) }
    }

    private func reader(of format: ContainerFormat) throws -> (any ContainerReader)? {
        if case .sealed(let format) = format {
            scan.tell(place, .closed("its content is compressed with \(format.rawValue)"))
            return nil
        }
        guard depth < ScanState.deepest else {
            scan.tell(place, .closed("containers are nested more than \(ScanState.deepest) deep"))
            return nil
        }
        return switch format {
        case .gzip: try GzipReader()
        case .zip: try ZipReader()
        case .tar: TarReader()
        case .sealed: nil
        }
    }

    private func look(into piece: UnsafeRawBufferPointer) throws {
        guard case .container(let reader) = stage else {
            outside?.write(piece) { _ in }
            return
        }
        var rest = piece
        try reader.read(piece) { try take($0, &rest) }
        outside?.write(rest) { _ in }
    }

    /// Searches what of a piece stands before a member's part of it, and leaves what stands behind.
    private func pass(_ part: UnsafeRawBufferPointer, _ piece: inout UnsafeRawBufferPointer) {
        guard let start = piece.baseAddress, let place = part.baseAddress.map({ $0 - start }), place >= 0,
            place + part.count <= piece.count
        else { return }
        outside?.write(UnsafeRawBufferPointer(rebasing: piece[..<place])) { _ in }
        piece = UnsafeRawBufferPointer(rebasing: piece[(place + part.count)...])
    }

    private func take(_ event: ContainerEvent, _ piece: inout UnsafeRawBufferPointer) throws {
        switch event {
        case .member(let name, let isStored):
            memberIsStored = isStored
            member = try ContentSearch(name.map(place.member) ?? place, depth: depth + 1, scan)
        case .packed(let bytes): pass(bytes, &piece)
        case .bytes(let bytes):
            if memberIsStored { pass(bytes, &piece) }
            guard memberIsStored || scan.spend(bytes.count) else { return }
            try member?.write(bytes)
        case .end: try endMember()
        case .closed(let name, let reason): scan.tell(place.member(name), .closed(reason))
        case .broken(let reason): try breakOff(reason)
        }
    }

    private func breakOff(_ reason: String) throws {
        try endMember()
        stage = .plain
        scan.tell(place, .closed(reason))
    }

    private func endMember() throws {
        let counts = try member?.finish() ?? [:]
        member = nil
        accounted.merge(counts) { $0 + $1 }
    }
}
