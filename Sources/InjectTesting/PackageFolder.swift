package import Foundation

/// The checkout the tests were built from.
package enum PackageFolder {
    /// Its root, found from this file's own place in it.
    package static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    /// The text of a file of the checkout.
    package static func text(of path: String) throws -> String {
        String(decoding: try Data(contentsOf: root.appendingPathComponent(path)), as: UTF8.self)
    }

    /// The paths of all Swift files below a folder of the checkout, relative to the root and sorted.
    package static func swiftFiles(below folder: String) throws -> [String] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: root.appendingPathComponent(folder).path)
        return names.filter { $0.hasSuffix(".swift") }.map { folder + "/" + $0 }.sorted()
    }
}
