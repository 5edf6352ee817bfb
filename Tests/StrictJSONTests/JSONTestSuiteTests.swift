import Foundation
import InjectTesting
import StrictJSON
import Testing

/// Nicolas Seriot's JSONTestSuite: `y_` must be read, `n_` must be refused, `i_` is up to the reader.
@Suite("JSONTestSuite", .needsVectors)
struct JSONTestSuiteTests {
    static func files(_ prefix: String) throws -> [URL] {
        try VectorFolder.files(below: "JSONTestSuite/test_parsing", suffix: ".json").filter {
            $0.lastPathComponent.hasPrefix(prefix)
        }
    }

    /// The suite is about the grammar, which lets an object repeat a name.
    static let grammar = JSONLimits(bytes: 1 << 20, depth: 64, members: 1 << 20, allowsDuplicateMembers: true)

    static func reads(_ file: URL, _ limits: JSONLimits = grammar) throws -> Bool {
        let text = [UInt8](try Data(contentsOf: file))
        return (try? JSONDocument(text, limits: limits)) != nil
    }

    @Test("all 95 valid files are read")
    func valid() throws {
        let files = try Self.files("y_")
        #expect(files.count == 95)
        for file in files { #expect(try Self.reads(file), "\(file.lastPathComponent)") }
    }

    @Test("where a decision hangs on a document, the two files that repeat a name are refused as well")
    func duplicates() throws {
        let refused = try Self.files("y_").filter { try !Self.reads($0, .document) }.map(\.lastPathComponent)
        #expect(refused == ["y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"])
    }

    @Test("all 188 invalid files are refused")
    func invalid() throws {
        let files = try Self.files("n_")
        #expect(files.count == 188)
        for file in files { #expect(try !Self.reads(file), "\(file.lastPathComponent)") }
    }

    /// What this reader does with the files that RFC 8259 leaves open: the strict choice, except for large numbers,
    /// which are read and have no integer value.
    @Test("of the files that the RFC leaves open, only numbers are read")
    func implementationDefined() throws {
        let read = try Self.files("i_").filter { try Self.reads($0) }.map(\.lastPathComponent)
        #expect(!read.isEmpty)
        #expect(read.allSatisfy { $0.hasPrefix("i_number_") }, "\(read)")
    }
}
