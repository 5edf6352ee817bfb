import Diagnostics
import Foundation
import InjectTesting
import SecretStores
import Secrets
import Testing

@testable import EncryptedFile

@Suite("encrypted:")
struct EncryptedFileStoreTests {
    private static let moment = "2026-11-25T00:00:00Z"
    private static let foreign = SecretReference.file(path: "x")

    /// A file for each secret, whose data key one service wrapped.
    private struct Fixture: SecretStoreFixture {
        let folder: TemporaryFolder
        let service: any DataKeyService
        let dataKey: SecretBytes
        let wrapping: WrappedDataKey

        var store: any SecretStore {
            EncryptedFileStore(
                root: StoreRoot(folder: folder.url.path + "/", allowsAbsolutePaths: false),
                services: [AgeKeyRing(), service]
            )
        }
        let missing = SecretReference.encrypted(file: "FIRST.yaml", key: "NOWHERE")
        let foreign = EncryptedFileStoreTests.foreign

        func plant(_ value: [UInt8], as name: SecretName) throws -> SecretReference {
            let secret = try value.withUnsafeBytes { try SecretBytes(copying: $0) }
            let file = try SopsFile.empty(.yaml, for: [wrapping], dataKey: dataKey, at: moment)
                .setting("KEY", to: secret, with: dataKey, at: moment)
            try folder.write("\(name).yaml", file.bytes)
            return .encrypted(file: "\(name).yaml", key: "KEY")
        }
    }

    private static func age() throws -> Fixture {
        let folder = try TemporaryFolder()
        let age = CommandRunner(
            executable: URL(fileURLWithPath: "/usr/bin/age-keygen"), in: folder.url, environment: ["PATH": "/usr/bin"])
        let lines = try age.run([]).output
        let ring = try AgeKeyRing(.of(lines), from: "a test")
        let recipient = try X25519Recipient(try #require(ring.recipients.first))
        let dataKey = try SopsFile.newDataKey()
        let file = try AgeFile.seal(dataKey, to: [recipient])
        return Fixture(
            folder: folder, service: ring, dataKey: dataKey, wrapping: .age(recipient: recipient.text, file: file))
    }

    @Test("with an age identity it keeps what a store promises")
    func ageConformance() async throws {
        try await expectConformance(of: Self.age())
    }

    @Test("with a key of KMS it keeps what a store promises, in the key's own region")
    func kmsConformance() async throws {
        let aws = try AWSFixture(MotoServer.shared.get())
        let key = try aws.moto.seed("result = kms.create_key()['KeyMetadata']['Arn']")
        let keys = KMSDataKeys(aws.session)
        let dataKey = try SopsFile.newDataKey()
        let wrapping = try await keys.wrap(dataKey, with: key, context: [("app", "shop")])
        let fixture = Fixture(folder: try TemporaryFolder(), service: keys, dataKey: dataKey, wrapping: wrapping)
        try await expectConformance(of: fixture)
        let reference = try fixture.plant([1], as: try #require(SecretName("X")))
        let store = EncryptedFileStore(
            root: StoreRoot(folder: fixture.folder.url.path + "/", allowsAbsolutePaths: false), services: [])
        #expect(await store.kmsKeys(of: [reference, reference, Self.foreign]) == [key])
    }

    @Test("a file that a service here opens wants no key of KMS, and any other one wants its own")
    func neededKeys() async throws {
        let age = try Self.age()
        let kms = { (key: String) in WrappedDataKey.kms(KMSWrapping(key: key, ciphertext: [1])) }
        for (file, wrappings) in [("both", [age.wrapping, kms("arn:a")]), ("kms", [kms("arn:b"), kms("arn:c")])] {
            let content = try SopsFile.empty(.yaml, for: wrappings, dataKey: age.dataKey, at: Self.moment)
            try age.folder.write("\(file).yaml", content.bytes)
        }
        let references = ["both", "kms", "both"].map { SecretReference.encrypted(file: "\($0).yaml", key: "KEY") }
        let root = StoreRoot(folder: age.folder.url.path + "/", allowsAbsolutePaths: false)
        for (services, keys) in [([age.service], ["arn:b", "arn:c"]), ([], ["arn:a", "arn:b", "arn:c"])] {
            #expect(await EncryptedFileStore(root: root, services: services).kmsKeys(of: references) == keys)
        }
    }

    @Test(
        "a key that is no ARN, or could be several, is not asked",
        arguments: [
            "alias/x", "arn:aws:kms:eu-west-1:1:key/*", "arn:aws:kms::1:key/x", "arn:aws:iam:eu-west-1:1:key/x",
            "arn:aws:kms:evil.example/:1:key/x",
        ]
    )
    func keys(text: String) async throws {
        let keys = KMSDataKeys(try AWSFixture(MotoServer.shared.get()).session)
        await #expect(throws: Diagnostic.self) { try await keys.wrap(.of("key"), with: text) }
    }

    @Test("a file that wants another role to be taken on is refused")
    func role() async throws {
        let keys = KMSDataKeys(try AWSFixture(MotoServer.shared.get()).session)
        let wrapping = KMSWrapping(key: "arn:aws:kms:eu-west-1:1:key/x", ciphertext: [1], role: "arn:aws:iam::2:role/r")
        await #expect {
            try await keys.dataKey(in: .kms(wrapping))
        } throws: {
            ($0 as? Diagnostic)?.message.contains("another role") == true
        }
    }

    @Test("a value that somebody without the key may have written is refused")
    func readable() async throws {
        let fixture = try Self.age()
        let settings = [(name: "mac_only_encrypted", leaf: SopsLeaf(text: "True", raw: "true", range: 0..<0))]
        let block = SopsBlock(wrappings: [fixture.wrapping], moment: Self.moment, settings: settings)
        let file = try SopsFile(Array(("KEY: evil\n" + block.yaml).utf8), format: .yaml)
            .sealed(with: fixture.dataKey, at: Self.moment)
        try fixture.folder.write("FILE.yaml", file.bytes)
        let answer = try await StoreTests.fetch(fixture.store, .encrypted(file: "FILE.yaml", key: "KEY"))
        guard case .failure(let diagnostic) = answer else {
            Issue.record("it was read")
            return
        }
        #expect(diagnostic.id == .encryptedFileRefused)
        #expect(diagnostic.message == "`KEY` stands readable in `FILE.yaml`, and nobody vouches for its name")
    }

    @Test("a file outside, of another kind or without a key that is here is refused with what to do")
    func refusals() async throws {
        let fixture = try Self.age()
        try fixture.folder.write("x.txt", "")
        try fixture.folder.write("plain.yaml", "KEY: value\n")
        try FileManager.default.createSymbolicLink(
            atPath: fixture.folder.path("link.yaml"), withDestinationPath: "/etc/passwd")
        let stranger = EncryptedFileStore(
            root: StoreRoot(folder: fixture.folder.url.path + "/", allowsAbsolutePaths: false),
            services: [try Self.age().service]
        )
        _ = try fixture.plant([1], as: try #require(SecretName("LOCKED")))
        for (file, id) in [
            ("x.txt", "encrypted-file-refused"), ("plain.yaml", "encrypted-file-refused"),
            ("LOCKED.yaml", "encrypted-file-locked"), ("link.yaml", "secret-outside-repository"),
            ("absent.yaml", "secret-missing"),
        ] {
            let answer = try await StoreTests.fetch(stranger, .encrypted(file: file, key: "KEY"))
            guard case .failure(let diagnostic) = answer else {
                Issue.record("\(file) was read")
                continue
            }
            #expect("\(diagnostic.id)" == id, "\(file): \(diagnostic.message)")
        }
    }
}
