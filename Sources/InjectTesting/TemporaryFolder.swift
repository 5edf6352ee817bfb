package import Foundation

/// A folder of a test's own, removed with everything in it when the last reference goes.
package final class TemporaryFolder: Sendable {
    /// Where it is; without symbolic links.
    package let url: URL

    /// Makes an empty folder of mode 0700, in the system's place for such or in another.
    package init(in place: String? = nil) throws {
        let system = FileManager.default.temporaryDirectory
        let base = (place.map { URL(fileURLWithPath: $0) } ?? system).resolvingSymlinksInPath()
        url = base.appendingPathComponent("inject-test-" + UUID().uuidString.lowercased())
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The absolute path of a name inside.
    package func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Writes a file and the folders above it, and returns its absolute path.
    @discardableResult
    package func write(_ name: String, _ contents: some Sequence<UInt8>, mode: Int = 0o644) throws -> String {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        // Foundation's own way leaves the file open in what another test starts meanwhile, and a script that somebody may
        // still write to is not run.
        let descriptor = open(file.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
        let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
        try handle.write(contentsOf: Data(contents))
        try handle.close()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: file.path)
        return file.path
    }

    /// Writes a text file and the folders above it, and returns its absolute path.
    @discardableResult
    package func write(_ name: String, _ text: String, mode: Int = 0o644) throws -> String {
        try write(name, text.utf8, mode: mode)
    }

    /// The names of everything inside, relative and sorted.
    package func contents() throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted()
    }
}
