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

    @Test("no recipient of many is lost", arguments: SopsFormat.allCases)
    func many(format: SopsFormat) throws {
        let age = (0..<256).map { WrappedDataKey.age(recipient: "age\($0)", file: "x") }
        #expect(try Self.empty(format, age).wrappings.map(\.recipient) == age.map(\.recipient))
        #expect(throws: SopsError.self) { try Self.empty(format, age + [.age(recipient: "one more", file: "x")]) }
    }

    @Test(
        "a recipient that would be passed over is refused",
        arguments: [(256, "it has more than 256 `age` recipients"), (1, "an `age` recipient is incomplete")]
    )
    func passedOver(index: Int, reason: String) throws {
        let start = "sops_age__list_\(index)__map_"
        let text = "sops_mac=x\nsops_lastmodified=y\n\(start)recipient=age1x\n\(start)enc=x\n"
        #expect(throws: SopsError.metadata(reason)) { try SopsFile(Array(text.utf8), format: .dotenv) }
    }

    @Test("a file that would be too long to be read again is not made", arguments: SopsFormat.allCases)
    func tooLong(format: SopsFormat) throws {
        let key = try SopsFile.newDataKey()
        let value = String(repeating: "x", count: 400_000)
        let file = try SopsFile.empty(format, for: [], dataKey: key, at: SopsFileTests.moment)
            .setting("A", to: .of(value), with: key, at: SopsFileTests.moment)
        #expect {
            try file.setting("B", to: .of(value), with: key, at: SopsFileTests.moment)
        } throws: { error in
            guard case SopsError.tooLong(let count) = error else { return false }
            return count > 1_048_576
        }
    }
}
