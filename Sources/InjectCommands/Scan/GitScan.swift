internal import LogMasking
internal import SecretScan

/// Searches every object of a repository, and tells findings with a path that leads to them.
final class GitScan {
    private let objects: GitObjects
    private let patterns: MaskPatterns
    private var current: ContentSearch?
    private var results: [(id: String, kind: String, place: ScanPath, result: ScanResult)] = []

    init(_ folder: String, _ patterns: MaskPatterns) {
        objects = GitObjects(folder: folder)
        self.patterns = patterns
    }

    /// Searches, and hands what is worth telling to `tell`, in the order of the objects' ids.
    func run(_ tell: (String, ScanResult) -> Void) throws {
        let isRead = try objects.forEach(
            begin: { header in
                current = try ContentSearch(of: ScanPath(""), patterns) { place, result in
                    if case .searched(let report) = result, report.entries.isEmpty { return }
                    self.results.append((header.id, header.kind, place, result))
                }
            },
            bytes: { try current?.write($0) },
            end: { try current?.finish() }
        )
        let walk = try objects.walk(Set(results.map(\.id)))
        for (id, kind, place, result) in results {
            let name = walk.paths[id]?.shown ?? "(\(kind))"
            tell("git:\(id):\(name)\(place.shown)", result)
        }
        guard isRead, walk.isWhole else { throw objects.unreadable(missing: 0) }
        try checkForGaps(walk.missing, tell)
    }

    /// What was never fetched is told; what should be there and is not is an error.
    private func checkForGaps(_ missing: Int, _ tell: (String, ScanResult) -> Void) throws {
        let place = "git:" + ScanPath(objects.folder).shown
        if try objects.isShallow { tell(place, .closed("it is a shallow clone, and older commits are not here")) }
        guard missing > 0 else { return }
        guard try objects.isPartial else { throw objects.unreadable(missing: missing) }
        tell(place, .closed("it is a partial clone that lacks \(missing) of its objects"))
    }
}
