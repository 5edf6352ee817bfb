import Foundation

/// One Wycheproof file, read with Foundation: a reader independent of the one under test.
package struct WycheproofFile {
    /// One test of a group.
    package struct Vector {
        /// The test's number in its file.
        package let id: Int
        /// `valid`, `invalid` or `acceptable`.
        package let result: String
        /// Everything else of the test.
        package let fields: [String: Any]

        /// A field in hexadecimal, as bytes.
        package func bytes(_ name: String) -> [UInt8] { Hexadecimal.bytes(fields[name] as? String ?? "") }
    }

    /// A group: a key, and tests of it.
    package struct Group {
        /// Everything but the tests.
        package let fields: [String: Any]
        /// The tests.
        package let vectors: [Vector]
    }

    /// The file's name.
    package let name: String
    /// The name of the schema, which says what the file is about.
    package let schema: String
    /// The algorithm the file is about, as Wycheproof calls it.
    package let algorithm: String
    /// The groups.
    package let groups: [Group]

    /// Every file of the vectors folder whose schema starts like this, whatever the file's name.
    package static func all(schema prefix: String) throws -> [WycheproofFile] {
        try VectorFolder.files(below: ".", suffix: ".json").compactMap { url in
            guard let file = try? WycheproofFile(url), file.schema.hasPrefix(prefix) else { return nil }
            return file
        }
    }

    private init?(_ url: URL) throws {
        let parsed = try JSONSerialization.jsonObject(with: Data(contentsOf: url)) as? [String: Any]
        guard let parsed, let schema = parsed["schema"] as? String else { return nil }
        name = url.lastPathComponent
        self.schema = schema
        algorithm = parsed["algorithm"] as? String ?? ""
        groups = (parsed["testGroups"] as? [[String: Any]] ?? []).map { group in
            let vectors = (group["tests"] as? [[String: Any]] ?? []).map { test in
                Vector(id: test["tcId"] as? Int ?? 0, result: test["result"] as? String ?? "", fields: test)
            }
            return Group(fields: group, vectors: vectors)
        }
    }
}
