import Foundation
import InjectTesting
import Secrets
import Testing

@testable import EncryptedFile

@Suite("age, beside Debian's program")
struct AgeProgramTests {
    private let folder: TemporaryFolder
    private let keys: [String]

    init() throws {
        let folder = try TemporaryFolder()
        self.folder = folder
        keys = try (0..<2).map { _ in
            try Self.run("age-keygen", [], in: folder).split(separator: "\n").map(String.init).last ?? ""
        }
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String], in folder: TemporaryFolder, input: String = "")
        throws
        -> String
    {
        let runner = CommandRunner(
            executable: URL(fileURLWithPath: "/usr/bin/\(program)"),
            in: folder.url,
            environment: ["PATH": "/usr/bin"]
        )
        let result = try runner.run(arguments, input: Array(input.utf8))
        try #require(result.status == 0, "\(program): \(result.error)")
        return result.output
    }

    static let payloads = ["", "x", String(repeating: "secret ", count: 30_000)]

    @Test("age reads what we write, for each of several recipients", arguments: payloads)
    func written(payload: String) throws {
        let recipients = try keys.map { try X25519Identity(.of($0)).recipient }
        try folder.write("file", try AgeFile.seal(.of(payload), to: recipients))
        for key in keys {
            try folder.write("key", key)
            #expect(try Self.run("age", ["-d", "-i", "key", "file"], in: folder) == payload)
        }
    }

    @Test("we read what age writes, armored or not", arguments: payloads, [["-a"], []])
    func read(payload: String, options: [String]) throws {
        let recipient = try X25519Identity(.of(keys[0])).recipient.text
        try Self.run("age", options + ["-r", recipient, "-o", "file"], in: folder, input: payload)
        let file = try Array(Data(contentsOf: folder.url.appendingPathComponent("file")))
        let own: [any AgeIdentity] = [try X25519Identity(.of(keys[1])), try X25519Identity(.of(keys[0]))]
        #expect(try AgeFile.open(file, with: own).exposedText == payload)
        #expect(throws: AgeError.noMatch) { try AgeFile.open(file, with: [own[0]]) }
    }

    @Test("keys have the text that age-keygen gives them")
    func texts() throws {
        for key in keys {
            try folder.write("key", key)
            let text = try Self.run("age-keygen", ["-y", "key"], in: folder)
            let recipient = try X25519Identity(.of(key)).recipient
            #expect(recipient.text + "\n" == text)
            #expect(try X25519Recipient(recipient.text) == recipient)
            let other = recipient.text.last == "x" ? "q" : "x"
            #expect(throws: AgeError.malformedKey) { try X25519Recipient(recipient.text.dropLast() + other) }
            #expect(throws: AgeError.malformedKey) { try X25519Identity(.of(key.replacing("AGE", with: "age"))) }
        }
    }

    @Test("no flipped bit, no missing end and no addition of a file goes unnoticed")
    func tampered() throws {
        let identity = try X25519Identity(.of(keys[0]))
        let armored = try AgeFile.seal(.of("secret"), to: [identity.recipient])
        let file = try AgeArmor.decode(Array(armored.utf8))
        #expect(try AgeFile.open(file, with: [identity]).exposedText == "secret")
        for index in file.indices {
            var changed = file
            changed[index] ^= 1 << UInt8(index % 8)
            #expect(throws: AgeError.self) { try AgeFile.open(changed, with: [identity]) }
            #expect(throws: AgeError.self) { try AgeFile.open(Array(file[..<index]), with: [identity]) }
        }
        #expect(throws: AgeError.payload) { try AgeFile.open(file + [0], with: [identity]) }
    }
}
