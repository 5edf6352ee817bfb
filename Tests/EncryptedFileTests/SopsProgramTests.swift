import Foundation
import InjectTesting
import Secrets
import Testing

@testable import EncryptedFile

@Suite("Encrypted files, beside another maker's sops over moto's KMS")
struct SopsProgramTests {
    private let moto: MotoServer
    private let folder: TemporaryFolder
    private let key: String

    init() throws {
        moto = try MotoServer.shared.get()
        folder = try TemporaryFolder()
        key = try moto.seed("result = kms.create_key()['KeyMetadata']['Arn']")
    }

    private func sops(_ arguments: String...) throws -> String {
        let runner = CommandRunner(
            executable: try Python.program("sops"),
            in: folder.url,
            environment: [
                "PATH": "/usr/bin:/bin", "HOME": folder.url.path, "AWS_ENDPOINT_URL": moto.url,
                "AWS_ACCESS_KEY_ID": "seed", "AWS_SECRET_ACCESS_KEY": "seed", "LC_ALL": "C.UTF-8",
            ]
        )
        let result = try runner.run(arguments)
        try #require(result.status == 0, "\(result.error)")
        return result.output
    }

    /// What KMS makes of a data key.
    private func wrapped(_ dataKey: SecretBytes) throws -> WrappedDataKey {
        let bytes = dataKey.withExposedBytes { Array($0) }
        let text = try moto.seed(
            """
            import base64
            blob = kms.encrypt(KeyId="\(key)", Plaintext=bytes(\(bytes)))["CiphertextBlob"]
            result = base64.b64encode(blob).decode()
            """
        )
        return .kms(KMSWrapping(key: key, ciphertext: try #require(Base64Text.decode(text.utf8, padded: true))))
    }

    private func dataKey(of file: SopsFile) throws -> SecretBytes {
        guard case .kms(let wrapping)? = file.wrappings.first else { throw Missing() }
        let text = try moto.seed(
            "result = kms.decrypt(CiphertextBlob=bytes(\(wrapping.ciphertext)))['Plaintext'].hex()")
        let digits = Array(text)
        let bytes = stride(from: 0, to: digits.count, by: 2).compactMap {
            UInt8(String(digits[$0...($0 + 1)]), radix: 16)
        }
        return try bytes.withUnsafeBytes { try SecretBytes(copying: $0) }
    }

    private struct Missing: Error {}

    @Test("sops reads what we write", arguments: [SopsFormat.yaml, .json])
    func written(format: SopsFormat) throws {
        let dataKey = try SopsFile.newDataKey()
        let start = try SopsFile.empty(format, for: [wrapped(dataKey)], dataKey: dataKey, at: SopsFileTests.moment)
        let file = try SopsFileTests.values.filter { !$0.1.isEmpty }.reduce(start) { file, value in
            try file.setting(value.0, to: .of(value.1), with: dataKey, at: SopsFileTests.moment)
        }
        try folder.write("file.\(format.rawValue)", file.bytes)
        let output = try sops("-d", "--output-type", "json", "file.\(format.rawValue)")
        let json = try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
        for (name, value) in SopsFileTests.values where !value.isEmpty { #expect(json[name] as? String == value) }
    }

    @Test(
        "we read what sops writes: maps, lists, numbers and what it leaves readable",
        arguments: [SopsFormat.yaml, .json])
    func read(format: SopsFormat) throws {
        let plain = """
            {"a": {"b": "nested", "list": ["x", {"y": "z"}], "n": 12, "f": 1.5, "t": true, "e": ""},
             "note_unencrypted": "readable", "last": "ünï"}
            """
        try folder.write("plain.json", plain)
        let script =
            "import sys, json, ruamel.yaml; ruamel.yaml.YAML().dump(json.load(open(sys.argv[1])), open(sys.argv[2], 'w'))"
        if format == .yaml {
            _ = try Python.run(script, arguments: [folder.path("plain.json"), folder.path("plain.yaml")])
        }
        let text = try sops("-e", "--kms", key, "plain.\(format.rawValue)")
        let file = try SopsFile(Array(text.utf8), format: format)
        let content = try file.open(with: dataKey(of: file))
        #expect(content.value("a.b")?.exposedText == "nested" && content.value("last")?.exposedText == "ünï")
        #expect(content.value("a.n")?.exposedText == "12" && content.value("a.f")?.exposedText == "1.5")
        #expect(content.value("a.t")?.exposedText == "True" && content.value("a.e")?.exposedText == "")
        #expect(content.value("note_unencrypted")?.exposedText == "readable" && content.value("a") == nil)
    }
}
