package import Foundation

/// The folder of third-party test vectors: `INJECT_VECTORS`, else `../shared/vectors` beside the checkout.
package enum VectorFolder {
    /// The folder is absent; said loudly, because a skipped vector proves nothing.
    package struct Absent: Error, CustomStringConvertible {
        /// What was looked for, and how to say where it is.
        package let description: String
    }

    /// The folder's place; throws where it is absent.
    package static func url() throws -> URL {
        let named = ProcessInfo.processInfo.environment["INJECT_VECTORS"].map { URL(fileURLWithPath: $0) }
        let url = named ?? PackageFolder.root.deletingLastPathComponent().appendingPathComponent("shared/vectors")
        guard FileManager.default.fileExists(atPath: url.path) else {
            throw Absent(description: "no third-party vectors at \(url.path): set INJECT_VECTORS to their folder")
        }
        return url
    }

    /// All files below a part of the folder whose names end as given, sorted.
    package static func files(below part: String, suffix: String) throws -> [URL] {
        let folder = try url().appendingPathComponent(part)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.filter { $0.hasSuffix(suffix) }.sorted().map { folder.appendingPathComponent($0) }
    }
}
