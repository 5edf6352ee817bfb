import Diagnostics
import Foundation
import InjectTesting
import SecretStores
import Secrets
import Testing

@Suite("Stores")
struct StoreTests {
    struct FileFixture: SecretStoreFixture {
        let folder: TemporaryFolder
        var store: any SecretStore {
            FileStore(root: StoreRoot(folder: folder.url.path + "/", allowsAbsolutePaths: false))
        }
        let missing = SecretReference.file(path: "nowhere")
        let foreign = SecretReference.dotenv(file: ".env", key: nil)

        func plant(_ value: [UInt8], as name: SecretName) throws -> SecretReference {
            try folder.write("secrets/\(name)", value)
            return .file(path: "secrets/\(name)")
        }
    }

    struct DotenvFixture: SecretStoreFixture {
        let folder: TemporaryFolder
        let dialect: DotenvDialect
        var store: any SecretStore {
            DotenvStore(root: StoreRoot(folder: folder.url.path + "/", allowsAbsolutePaths: false), dialect: dialect)
        }
        let missing = SecretReference.dotenv(file: "FIRST.env", key: "NOWHERE")
        let foreign = SecretReference.file(path: "x")

        func plant(_ value: [UInt8], as name: SecretName) throws -> SecretReference {
            try folder.write("\(name).env", Array("KEY='".utf8) + value + Array("'\n".utf8))
            return .dotenv(file: "\(name).env", key: "KEY")
        }
    }

    @Test("file: keeps what a store promises")
    func fileConformance() async throws {
        try await expectConformance(of: FileFixture(folder: TemporaryFolder()))
    }

    @Test("dotenv: keeps what a store promises, in every dialect", arguments: DotenvDialect.allCases)
    func dotenvConformance(dialect: DotenvDialect) async throws {
        try await expectConformance(of: DotenvFixture(folder: TemporaryFolder(), dialect: dialect))
    }

    static func fetch(_ store: any SecretStore, _ reference: SecretReference) async throws -> Result<
        [UInt8], Diagnostic
    > {
        let name = try #require(SecretName("NAME"))
        let answer = try #require(await store.fetch([SecretRequest(name: name, reference: reference)])[name])
        return answer.map { value in value.withExposedBytes { Array($0) } }
    }

    @Test(
        "a value of one line loses its line break, one of several lines keeps every byte",
        arguments: [
            ("value\n", "value"), ("value\r\n", "value"), ("value", "value"), ("value\n\n", "value\n\n"), ("\n", ""),
            ("a\nb\n", "a\nb\n"), (" padded ", " padded "), ("\r", "\r"), ("", ""),
        ]
    )
    func lineBreak(contents: String, value: String) async throws {
        let folder = try TemporaryFolder()
        try folder.write("secret", contents)
        let store = FileStore(root: StoreRoot(folder: folder.url.path + "/", allowsAbsolutePaths: false))
        #expect(try await Self.fetch(store, .file(path: "secret")).get() == Array(value.utf8))
        withExtendedLifetime(folder) {}
    }

    @Test(
        "what leads out of the repository, or is no file, is refused",
        arguments: [
            ("../outside", "secret-outside-repository"), ("link", "secret-outside-repository"),
            ("folder/link/passwd", "secret-outside-repository"), ("/etc/passwd", "secret-outside-repository"),
            ("folder", "secret-unreadable"), ("pipe", "secret-unreadable"), ("absent", "secret-missing"),
            ("file/below", "secret-unreadable"),
        ]
    )
    func refused(path: String, id: String) async throws {
        let parent = try TemporaryFolder()
        try parent.write("outside", "x")
        try parent.write("repository/file", "x")
        try parent.write("repository/folder/.keep", "")
        let repository = parent.url.appendingPathComponent("repository").path
        symlink(parent.path("outside"), repository + "/link")
        symlink("/etc", repository + "/folder/link")
        mkfifo(repository + "/pipe", 0o600)
        let store = FileStore(root: StoreRoot(folder: repository + "/", allowsAbsolutePaths: false))
        guard case .failure(let diagnostic) = try await Self.fetch(store, .file(path: path)) else {
            Issue.record("\(path) was read")
            return
        }
        #expect(diagnostic.id.description == id)
        withExtendedLifetime(parent) {}
    }

    @Test("an absolute path is read where that is allowed, and a link inside the repository always")
    func allowed() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("secrets/real", "value")
        symlink("secrets/real", folder.path("link"))
        let local = FileStore(root: StoreRoot(folder: "", allowsAbsolutePaths: true))
        #expect(try await Self.fetch(local, .file(path: path)).get() == Array("value".utf8))
        let store = FileStore(root: StoreRoot(folder: folder.url.path + "/", allowsAbsolutePaths: false))
        #expect(try await Self.fetch(store, .file(path: "link")).get() == Array("value".utf8))
        withExtendedLifetime(folder) {}
    }

    @Test("64 KiB is the most", arguments: [(65_536, true), (65_537, false)])
    func size(count: Int, isRead: Bool) async throws {
        let folder = try TemporaryFolder()
        try folder.write("secret", [UInt8](repeating: 0x78, count: count))
        let store = FileStore(root: StoreRoot(folder: folder.url.path + "/", allowsAbsolutePaths: false))
        let answer = try await Self.fetch(store, .file(path: "secret"))
        #expect((try? answer.get().count) == (isRead ? count : nil))
        withExtendedLifetime(folder) {}
    }

    @Test("64 KiB is the most for a value of a dotenv file too", arguments: [(65_536, true), (65_537, false)])
    func dotenvSize(count: Int, isRead: Bool) async throws {
        let text = "A=1\nK=" + String(repeating: "x", count: count) + "\n"
        switch try await Dotenv.value("K", of: text, .strict) {
        case .success(let value): #expect(isRead && value.count == count)
        case .failure(let diagnostic):
            #expect(!isRead)
            #expect(diagnostic.id.description == "secret-too-large")
            #expect(diagnostic.text.contains("--> f.env:2\n"))
        }
    }

    @Test("two files whose names differ only in their Unicode form stay two")
    func unicodeForms() async throws {
        let folder = try TemporaryFolder()
        try folder.write("caf\u{E9}.env", "K=composed\n")
        try folder.write("cafe\u{301}.env", "K=decomposed\n")
        let store = DotenvStore(
            root: StoreRoot(folder: folder.url.path + "/", allowsAbsolutePaths: false), dialect: .strict)
        let names = ["FIRST", "SECOND"].compactMap(SecretName.init)
        let paths = ["caf\u{E9}.env", "cafe\u{301}.env"]
        let answers = await store.fetch(
            zip(names, paths).map { SecretRequest(name: $0, reference: .dotenv(file: $1, key: "K")) })
        #expect(try answers[names[0]]?.get().exposedText == "composed")
        #expect(try answers[names[1]]?.get().exposedText == "decomposed")
        withExtendedLifetime(folder) {}
    }

    @Test("a missing key is told with the nearest one that can be printed, and without values")
    func missingKey() async throws {
        let text = "'DATABASE_UR\u{1B}'=hunter2\nDATABASE_URI=hunter2\nOTHER=hunter2\n"
        guard case .failure(let diagnostic) = try await Dotenv.value("DATABASE_URL", of: text, .python) else {
            Issue.record("it was read")
            return
        }
        #expect(
            diagnostic.text == """
                error[secret-missing]: `f.env` has no key `DATABASE_URL`
                  --> f.env
                  = help: did you mean `DATABASE_URI`? name it: `from: "dotenv:f.env#DATABASE_URI"`

                """
        )
    }
}
