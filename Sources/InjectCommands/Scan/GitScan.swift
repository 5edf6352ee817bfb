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
        try objects.forEach(
            begin: { header in
                current = try ContentSearch(of: ScanPath(""), patterns) { place, result in
                    if case .searched(let report) = result, report.entries.isEmpty { return }
                    self.results.append((header.id, header.kind, place, result))
                }
            },
            bytes: { try current?.write($0) },
            end: { try current?.finish() }
        )
        guard !results.isEmpty else { return }
        let paths = try objects.paths(of: Set(results.map(\.id)))
        for (id, kind, place, result) in results {
            let name = paths[id].map { ScanPath($0).shown } ?? "(\(kind))"
            tell("git:\(id):\(name)\(place.shown)", result)
        }
    }
}
