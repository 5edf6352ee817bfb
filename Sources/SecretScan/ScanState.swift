internal import LogMasking

/// What all contents in one file share: the patterns, the limits and who is told.
final class ScanState {
    /// How deep containers may be nested in each other.
    static let deepest = 8
    /// How many bytes may be unpacked of one file.
    static let mostUnpacked = 64 << 30

    let patterns: MaskPatterns
    private let file: ScanPath
    private let report: (ScanPath, ScanResult) -> Void
    private var left = ScanState.mostUnpacked

    init(_ file: ScanPath, _ patterns: MaskPatterns, _ report: @escaping (ScanPath, ScanResult) -> Void) {
        (self.file, self.patterns, self.report) = (file, patterns, report)
    }

    func tell(_ place: ScanPath, _ result: ScanResult) { report(place, result) }

    /// Takes note of bytes that were unpacked; false where there are more than any file of good will has.
    func spend(_ count: Int) -> Bool {
        guard left > 0 else { return false }
        left -= count
        if left <= 0 { tell(file, .closed("it unpacks to more than \(Self.mostUnpacked >> 30) GiB")) }
        return left > 0
    }
}
