import InjectTesting
import Secrets
import Testing

@testable import EncryptedFile

@Suite("Recipients of encrypted files")
struct SopsRecipientsTests {
    private static func wrapping(_ context: [(name: String, value: String)]) -> WrappedDataKey {
        .kms(KMSWrapping(key: "arn:x", ciphertext: [1, 2], context: context))
    }

    private static func empty(_ format: SopsFormat, _ wrappings: [WrappedDataKey]) throws -> SopsFile {
        let key = try SopsFile.newDataKey()
        return try SopsFile.empty(format, for: wrappings, dataKey: key, at: SopsFileTests.moment)
    }

    @Test(
        "a context is read as it was given, whatever its names and values",
        arguments: SopsFormat.allCases,
        [
            ("team #1", "x"), ("#team", "#x"), (#""q""#, #""x""#), (" a", " x"), ("a ", "x "), ("a: b", "x: y"),
            ("*a", "*x"), ("true", "null"), ("ünï", "漢"), ("- a", "- x"),
        ]
    )
    func contexts(format: SopsFormat, pair: (String, String)) throws {
        let file = try Self.empty(format, [Self.wrapping([(pair.0, pair.1), ("app", "shop")])])
        let context = try #require(try SopsFile(file.bytes, format: format).wrappings.first?.context)
        let pairs = Dictionary(uniqueKeysWithValues: context.map { ($0.name, $0.value) })
        #expect(pairs == [pair.0: pair.1, "app": "shop"])
    }

    @Test(
        "a context that a file cannot hold is refused before anything is written",
        arguments: [("dir", #"C:\new"#), ("a\nb", "x"), ("a", "x\r\ny")]
    )
    func unheld(name: String, value: String) throws {
        let refusal = SopsError.metadata(
            "it cannot hold the encryption context as it is; choose other names and values")
        let wrappings = [Self.wrapping([(name, value)])]
        #expect(throws: refusal) { try Self.empty(.dotenv, wrappings) }
        let (old, new) = (try SopsFile.newDataKey(), try SopsFile.newDataKey())
        let file = try SopsFileTests.file(.dotenv, old)
        #expect(throws: refusal) { try file.rekeyed(from: old, to: new, for: wrappings, at: SopsFileTests.moment) }
    }
}
