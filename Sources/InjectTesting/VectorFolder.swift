package import Foundation
package import Testing

/// The folder of third-party test vectors: `INJECT_VECTORS`, else `../shared/vectors` beside the checkout.
package enum VectorFolder {
    /// The folder that was named is absent.
    package struct Absent: Error, CustomStringConvertible {
        /// What was looked for, and how to say where it is.
        package let description: String
    }

    private static let named = ProcessInfo.processInfo.environment["INJECT_VECTORS"]

    private static let place =
        named.map { URL(fileURLWithPath: $0) }
        ?? PackageFolder.root.deletingLastPathComponent().appendingPathComponent("shared/vectors")

    fileprivate static let absence = "no third-party vectors at \(place.path): set INJECT_VECTORS to their folder"

    private static var exists: Bool { FileManager.default.fileExists(atPath: place.path) }

    /// Whether tests of the vectors have to run: the folder is there, or somebody says that it is.
    package static var isExpected: Bool { named != nil || exists }

    /// The folder's place; throws where it is absent.
    package static func url() throws -> URL {
        guard exists else { throw Absent(description: absence) }
        return place
    }

    /// All files below a part of the folder whose names end as given, sorted.
    package static func files(below part: String, suffix: String) throws -> [URL] {
        let folder = try url().appendingPathComponent(part)
        let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
        return names.filter { $0.hasSuffix(suffix) }.sorted().map { folder.appendingPathComponent($0) }
    }
}

extension Trait where Self == ConditionTrait {
    /// Skips tests of the third-party vectors where they are absent, as in a newcomer's checkout.
    ///
    /// A folder that `INJECT_VECTORS` names and that is absent fails them: whoever names one counts on what they prove.
    package static var needsVectors: Self {
        .enabled(if: VectorFolder.isExpected, Comment(rawValue: VectorFolder.absence))
    }
}
