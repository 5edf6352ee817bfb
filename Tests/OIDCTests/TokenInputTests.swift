import Foundation
import InjectTesting
import OIDC
import Secrets
import Testing

@Suite("Tokens that are handed in")
struct TokenInputTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test("a line break at the end is not part of a token", arguments: ["", "\n", "\r\n"])
    func lineBreak(end: String) async throws {
        let path = try folder.write("token", "a.b.c" + end)
        #expect(try await FileTokenSource(path: path).token(audience: "x").bytes.exposedText == "a.b.c")
        #expect(try await standardInput(path).bytes.exposedText == "a.b.c")
    }

    @Test("nothing is no token", arguments: ["", "\n", "\r\n"])
    func empty(text: String) async throws {
        let path = try folder.write("token", text)
        await expectDiagnostic("token-unreadable") { try await FileTokenSource(path: path).token(audience: "x") }
        await expectDiagnostic("token-unreadable") { try await standardInput(path) }
    }

    @Test("the longest token fits, with its line break")
    func longest() async throws {
        let token = "a.b." + String(repeating: "c", count: 16_380)
        let path = try folder.write("token", token + "\r\n")
        #expect(try await FileTokenSource(path: path).token(audience: "x").bytes.count == 16_384)
        let longer = try folder.write("longer", token + "c")
        await expectDiagnostic("token-too-long") { try await FileTokenSource(path: longer).token(audience: "x") }
    }

    @Test("of a megabyte, no more is read than a token can be")
    func megabyte() async throws {
        let path = try folder.write("big", String(repeating: "a", count: 1_000_000))
        let handle = try #require(FileHandle(forReadingAtPath: path))
        await expectDiagnostic("token-too-long") {
            try await StandardInputTokenSource(descriptor: handle.fileDescriptor).token(audience: "x")
        }
        #expect(try handle.offset() <= 17_000)
    }

    @Test("a token that comes in pieces is put together")
    func pieces() async throws {
        let pipe = Pipe()
        // A thread of its own: the source blocks the one it is asked on, and a task might wait for that one.
        Thread.detachNewThread {
            let writer = pipe.fileHandleForWriting
            for piece in ["a", ".b", ".", "c\n"] { try? writer.write(contentsOf: Data(piece.utf8)) }
            try? writer.close()
        }
        let source = StandardInputTokenSource(descriptor: pipe.fileHandleForReading.fileDescriptor)
        #expect(try await source.token(audience: "x").bytes.exposedText == "a.b.c")
    }

    @Test("a file that is not there is named")
    func absent() async {
        let path = folder.path("absent")
        let text = await expectDiagnostic("token-unreadable") {
            try await FileTokenSource(path: path).token(audience: "x")
        }
        #expect(text.contains("--> \(path)\n"))
        await expectDiagnostic("token-unreadable") {
            try await FileTokenSource(path: folder.url.path).token(audience: "x")
        }
    }

    @Test("GitLab's variable is taken as it is")
    func variable() async throws {
        let environment = EnvironmentVariables(text: [:], secrets: ["TOKEN": try .of("a.b.c"), "EMPTY": try .of("")])
        let source = EnvironmentTokenSource(variable: "TOKEN", environment: environment)
        #expect(try await source.token(audience: "x").bytes.exposedText == "a.b.c")
        for name in ["EMPTY", "ABSENT"] {
            let source = EnvironmentTokenSource(variable: name, environment: environment)
            let text = await expectDiagnostic("token-unreadable") { try await source.token(audience: "x") }
            #expect(text.contains("id_tokens:\n"))
        }
    }

    private func standardInput(_ path: String) async throws -> UnverifiedToken {
        let handle = try #require(FileHandle(forReadingAtPath: path))
        return try await StandardInputTokenSource(descriptor: handle.fileDescriptor).token(audience: "x")
    }
}
