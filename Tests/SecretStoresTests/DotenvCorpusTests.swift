import Foundation
import InjectTesting
import SecretStores
import Testing

/// What the libraries themselves answered, recorded by Tests/Corpus/record-dotenv.
@Suite("dotenv, as recorded")
struct DotenvCorpusTests {
    struct Case {
        let text: String
        /// Nil where the library refused the file.
        let values: [[UInt8]: [UInt8]]?
    }

    static func cases(_ name: String) throws -> [Case] {
        let data = try Data(contentsOf: PackageFolder.root.appendingPathComponent("Tests/Corpus/\(name).json"))
        let corpus = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        return try #require(corpus["cases"] as? [[Any]]).map { row in
            let text = try #require(row[0] as? String)
            return Case(text: text, values: (row[1] as? [String: String]).map(Dotenv.bytes))
        }
    }

    @Test(
        "every recorded file is read as the library read it, or refused as it was",
        arguments: [("dotenv-node", DotenvDialect.node, 600), ("dotenv-compose", .compose, 386)]
    )
    func recorded(name: String, dialect: DotenvDialect, read: Int) throws {
        let cases = try Self.cases(name)
        #expect(cases.count == 600)
        #expect(cases.filter { $0.values != nil }.count == read)
        for item in cases {
            #expect(try Dotenv.values(of: item.text, dialect) == item.values, "\(item.text.debugDescription)")
        }
    }

    @Test(
        "whatever the strict dialect reads of them, the library read the same",
        arguments: ["dotenv-node", "dotenv-compose"])
    func strict(name: String) throws {
        var read = 0
        for item in try Self.cases(name) {
            guard let strict = try Dotenv.values(of: item.text, .strict) else { continue }
            read += 1
            #expect(strict == item.values, "\(item.text.debugDescription)")
        }
        #expect(read > 20)
    }
}
