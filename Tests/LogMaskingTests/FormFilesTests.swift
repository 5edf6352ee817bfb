import Foundation
import InjectTesting
import Testing

@testable import LogMasking

@Suite("Files of forms")
struct FormFilesTests {
    /// The names of the forms in a folder of the package, of files that end like this.
    private static func forms(in folder: String, _ suffix: String) throws -> Set<String> {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let names = try FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)
        return Set(names.filter { $0.hasSuffix(suffix) }.map { String($0.dropLast(suffix.count)) })
    }

    @Test("each form has a file and a file of tests")
    func equal() throws {
        let sources = try Self.forms(in: "Sources/LogMasking/Forms", "Form.swift").subtracting(["Mask"])
        #expect(try sources == Self.forms(in: "Tests/LogMaskingTests/Forms", "FormTests.swift"))
        let classes = Set(
            MaskForms.all.map { String(describing: type(of: $0)).dropLast("Form".count) }.map(String.init))
        #expect(sources == classes)
    }
}
