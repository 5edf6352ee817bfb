import Foundation
import InjectTesting
import OpenSSLCrypto
import Secrets
import Testing

@testable import EncryptedFile

@Suite("Encrypted files")
struct SopsFileTests {
    static let moment = "2026-11-24T12:00:00Z"
    static let values = [
        ("DATABASE_URL", "postgres://h2"), ("EMPTY", ""), ("LINES", "a\nb\n"), ("QUOTES", #"it's "x" \n #{}[]: , "#),
        ("UNICODE", "ünï 漢"),
    ]

    /// A new file with some values, whose data key nobody has wrapped.
    static func file(_ format: SopsFormat, _ key: SecretBytes) throws -> SopsFile {
        let start = try SopsFile.empty(
            format, for: [.age(recipient: "age1x", file: "a\nb\n")], dataKey: key, at: moment)
        return try values.reduce(start) { file, value in
            try file.setting(value.0, to: .of(value.1), with: key, at: moment)
        }
    }

    @Test("what is set is read, in every form, and nothing of it can be seen", arguments: SopsFormat.allCases)
    func roundTrip(format: SopsFormat) throws {
        let key = try SopsFile.newDataKey()
        let file = try Self.file(format, key)
        let again = try SopsFile(file.bytes, format: format)
        let content = try again.open(with: key)
        #expect(again.names == Self.values.map(\.0))
        for (name, value) in Self.values { #expect(content.value(name)?.exposedText == value) }
        #expect(content.value("NOTHING") == nil)
        let text = String(decoding: file.bytes, as: UTF8.self)
        for (_, value) in Self.values where !value.isEmpty { #expect(!text.contains(value)) }
        #expect(again.wrappings.map(\.recipient) == ["age1x"])
        guard case .age(_, let armored)? = again.wrappings.first else {
            Issue.record("no recipient")
            return
        }
        #expect(armored == "a\nb\n")
    }

    @Test("a value that is set again or removed leaves the others as they are", arguments: SopsFormat.allCases)
    func editing(format: SopsFormat) throws {
        let key = try SopsFile.newDataKey()
        let before = try Self.file(format, key)
        let changed = try before.setting("LINES", to: .of("new"), with: key, at: Self.moment)
        let after = try changed.removing("EMPTY", with: key, at: "2026-11-25T00:00:00Z")
        let content = try SopsFile(after.bytes, format: format).open(with: key)
        #expect(content.value("LINES")?.exposedText == "new" && content.value("EMPTY") == nil)
        #expect(after.names == Self.values.map(\.0).filter { $0 != "EMPTY" })
        let kept = Self.ciphertexts(before).filter { Self.ciphertexts(after).contains($0) }
        #expect(kept.count == 3)
    }

    private static func ciphertexts(_ file: SopsFile) -> [String] {
        file.leaves.map(\.leaf.text).filter { $0.hasPrefix("ENC[") }
    }

    @Test(
        "another data key opens nothing of the old file, and everything of the new one", arguments: SopsFormat.allCases)
    func rekeying(format: SopsFormat) throws {
        let (old, new) = (try SopsFile.newDataKey(), try SopsFile.newDataKey())
        let before = try Self.file(format, old)

        let wrappings = [
            WrappedDataKey.age(recipient: "age1y", file: "y"), .kms(KMSWrapping(key: "arn:x", ciphertext: [1, 2])),
        ]
        let after = try before.rekeyed(from: old, to: new, for: wrappings, at: Self.moment)
        let read = try SopsFile(after.bytes, format: format)
        #expect(Set(read.wrappings.map(\.recipient)) == ["age1y", "arn:x"])
        for (name, value) in Self.values { #expect(try read.open(with: new).value(name)?.exposedText == value) }
        #expect(throws: SopsError.self) { try read.open(with: old) }
        #expect(Self.ciphertexts(before).allSatisfy { !Self.ciphertexts(after).contains($0) })
    }

    @Test("another data key leaves no comment behind and changes nothing of what is encrypted")
    func rekeyingForeign() throws {
        let (old, new) = (try SopsFile.newDataKey(), try SopsFile.newDataKey())
        func sealed(_ text: String, _ names: [String], _ type: String = "str") throws -> String {
            let place = SopsPath(names: names)
            let bound = names.isEmpty ? [UInt8(ascii: ":")] : place.associatedData
            return try SopsValue(sealing: .of(text), type: type, with: old, associatedData: bound).text
        }
        let lines = [
            "#\(try sealed(" top", [], "comment"))", "a:", "    #\(try sealed(" inner", ["a"], "comment"))",
            "    secret_b: \(try sealed("value", ["a", "secret_b"]))", "    plain: 5", "# plain comment",
        ]
        let settings = [
            (name: "encrypted_regex", leaf: SopsJSON.quoted("^secret_")),
            (name: "mac_only_encrypted", leaf: SopsLeaf(text: "True", raw: "true", range: 0..<0)),
        ]
        let block = SopsBlock(wrappings: [], moment: Self.moment, settings: settings)
        let text = lines.joined(separator: "\n") + "\n" + block.yaml
        let file = try SopsFile(Array(text.utf8), format: .yaml).sealed(with: old, at: Self.moment)
        let after = try file.rekeyed(from: old, to: new, for: [], at: Self.moment)
        #expect(try after.open(with: new).value("a.secret_b")?.exposedText == "value")
        #expect(after.metadata.hashesEncryptedOnly && after.metadata.hasRules)
        let output = String(decoding: after.bytes, as: UTF8.self).split(separator: "\n").map(String.init)
        #expect(output[4...5] == ["    plain: 5", "# plain comment"])
        #expect(output.contains("    mac_only_encrypted: true"))
        for (line, names, text) in [(0, [], " top"), (2, ["a"], " inner")] {
            let value = try #require(SopsValue(String(output[line].drop { $0 != "#" }.dropFirst())))
            let bound = names.isEmpty ? [UInt8(ascii: ":")] : SopsPath(names: names).associatedData
            #expect(value.type == "comment" && value.open(with: new, associatedData: bound)?.exposedText == text)
        }
    }

    @Test("swapped values, flipped bits, missing lines and additions are refused", arguments: SopsFormat.allCases)
    func tampering(format: SopsFormat) throws {
        let key = try SopsFile.newDataKey()
        let file = try Self.file(format, key)
        let text = String(decoding: file.bytes, as: UTF8.self)
        let sealed = Self.ciphertexts(file)
        let swapped = text.replacing(sealed[0], with: "X").replacing(sealed[1], with: sealed[0]).replacing(
            "X", with: sealed[1])
        let mac = file.metadata.mac.text
        let attacks = [
            swapped, text.replacing(sealed[0], with: sealed[1]), text.replacing(sealed[0], with: "plain"),
            text.replacing("2026-11-24", with: "2026-11-23"), text.replacing(mac, with: sealed[0]),
            text.replacing("DATABASE_URL", with: "DATABASE_URI"),
        ]
        for attack in attacks {
            #expect(attack != text)
            #expect(throws: SopsError.self) { try SopsFile(Array(attack.utf8), format: format).open(with: key) }
        }
        let other = try SopsFile.newDataKey()
        #expect(throws: SopsError.self) { try file.open(with: other) }
        #expect(throws: SopsError.self) { try file.open(with: .of("short")) }
        for end in stride(from: 0, to: file.bytes.count - 80, by: 37) {
            #expect(throws: SopsError.self) { try SopsFile(Array(file.bytes[..<end]), format: format).open(with: key) }
        }
    }

    @Test("no flipped bit of a value, a nonce, a tag or the MAC goes unnoticed")
    func flipped() throws {
        let key = try SopsFile.newDataKey()
        let file = try Self.file(.dotenv, key)
        let fields = /(data|iv|tag):([^,]+),/
        let text = String(decoding: file.bytes, as: UTF8.self)
        var count = 0
        for match in text.matches(of: fields) {
            var bytes = try #require(Base64Text.decode(match.2.utf8, padded: true))
            guard !bytes.isEmpty else { continue }
            bytes[count % bytes.count] ^= 1 << UInt8(count % 8)
            let changed = text.replacingCharacters(
                in: match.2.startIndex..<match.2.endIndex,
                with: Base64Text.encode(bytes, padded: true)
            )
            #expect(throws: SopsError.self) { try SopsFile(Array(changed.utf8), format: .dotenv).open(with: key) }
            count += 1
        }
        #expect(count >= 15)
    }

    @Test("comments and everything else of a YAML file stay, and maps are reached with dots")
    func comments() throws {
        let key = try SopsFile.newDataKey()
        let path = SopsPath(names: ["database", "url"])
        let sealed = try SopsValue(sealing: .of("old"), with: key, at: path).text
        let start =
            "# who: platform\ndatabase:\n    # rotated by hand\n    url: \(sealed)\n    port_unencrypted: 5432\n    tls_unencrypted: true\n\n"
        let block = SopsBlock(wrappings: [.age(recipient: "age1x", file: "x")], moment: Self.moment)
        let file = try SopsFile(Array((start + block.yaml).utf8), format: .yaml).sealed(with: key, at: Self.moment)
        let after = try file.setting("database.url", to: .of("new"), with: key, at: Self.moment)
            .setting("ADDED", to: .of("added"), with: key, at: Self.moment)
        let text = String(decoding: after.bytes, as: UTF8.self)
        #expect(text.hasPrefix("# who: platform\ndatabase:\n    # rotated by hand\n    url: \"ENC["))
        #expect(text.contains("    port_unencrypted: 5432\n    tls_unencrypted: true\n\nADDED: \"ENC["))
        let content = try after.open(with: key)
        #expect(content.value("database.url")?.exposedText == "new" && content.value("ADDED")?.exposedText == "added")
        #expect(content.value("database.tls_unencrypted")?.exposedText == "True")
        for name in ["database", "x_unencrypted", "a.b", "sops", "sops_x", "true", "1", "", "a b"] {
            #expect(throws: SopsError.self) { try after.setting(name, to: .of("x"), with: key, at: Self.moment) }
        }
    }

    @Test(
        "what is no encrypted file is refused",
        arguments: [
            (SopsFormat.yaml, "a: b"), (.yaml, "a: [b"), (.yaml, "sops: x"), (.yaml, "sops:\n  mac: x\n"),
            (.json, "{}"),
            (.json, "{"), (.json, #"{"sops":{"mac":"x","lastmodified":"y","kms":[{"arn":"x"}]}}"#), (.dotenv, "A=b"),
            (.dotenv, "no line"), (.dotenv, "A=1\nA=2\nsops_mac=x\nsops_lastmodified=y"),
            (.json, #"{"sops":{"mac":"x","lastmodified":"y","key_groups":[{"age":[]}],"key_groups_x":"y"}}"#),
            (.yaml, ""),
        ]
    )
    func malformed(format: SopsFormat, text: String) throws {
        #expect(throws: SopsError.self) { try SopsFile(Array(text.utf8), format: format) }
    }
}
