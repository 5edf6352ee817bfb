internal import Glibc
package import LogMasking
package import Secrets

/// Searches files for every pattern, in memory that does not grow with them.
package struct FileScanner: ~Copyable {
    private static let chunk = 1 << 20
    private let patterns: MaskPatterns
    private var buffer: SecretBuffer

    /// Makes a scanner; the patterns are shared by all files.
    package init(_ patterns: MaskPatterns) throws(SecretMemoryError) {
        self.patterns = patterns
        buffer = try SecretBuffer(capacity: Self.chunk)
    }

    /// Reads the file at `path` to its end, and tells what it and each member of it come to.
    ///
    /// Throws only where the kernel gives no memory.
    package mutating func scan(
        _ path: ScanPath,
        _ origin: FileWalk.Origin,
        _ report: @escaping (ScanPath, ScanResult) -> Void
    ) throws {
        // Not followed and not waited for: between the walk and here a link or a FIFO may have taken the place.
        let guards = origin == .named ? 0 : O_NOFOLLOW | O_NONBLOCK
        let descriptor = path.withCString { open($0, O_RDONLY | O_CLOEXEC | guards) }
        guard descriptor >= 0 else { return report(path, .unreadable(SystemReason.current)) }
        defer { close(descriptor) }
        let search = try ContentSearch(of: path, patterns, report)
        while true {
            buffer.truncate(to: 0)
            let count = try fill(from: descriptor)
            guard count >= 0 else { return report(path, .unreadable(SystemReason.current)) }
            guard count > 0 else { break }
            try buffer.withExposedBytes { bytes throws in try search.write(bytes) }
        }
        try search.finish()
    }

    private mutating func fill(from descriptor: Int32) throws(SecretMemoryError) -> Int {
        while true {
            let count = try buffer.appendUninitialized(capacity: Self.chunk) {
                read(descriptor, $0.baseAddress, $0.count)
            }
            guard count < 0 && errno == EINTR else { return count }
        }
    }
}
