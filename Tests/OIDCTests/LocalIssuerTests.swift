import Diagnostics
import Foundation
import InjectTesting
import JOSE
import OIDC
import Secrets
import Testing

@Suite("LocalIssuer")
struct LocalIssuerTests {
    private let folder: TemporaryFolder
    private let now = TokenBench.now

    init() throws { folder = try TemporaryFolder() }

    private var data: String { folder.path("data/inject") }

    @Test("a fake token verifies with the local issuer's key, and the key stays")
    func roundTrip() async throws {
        let token = try await verified(try LocalIssuer(folder: data), [])
        #expect(token.issuer == "inject-local")
        #expect(token.issuedAt == now && token.expiresAt == now + 300)
        _ = try await verified(try LocalIssuer(folder: data), [])
    }

    @Test("another folder's key does not verify")
    func otherKey() async throws {
        let token = try LocalIssuer(folder: data).token(FakeClaims(audience: "a", now: now))
        let keys = try LocalIssuer(folder: folder.path("other")).keySource()
        let verifier = TokenVerifier(issuer: .local, keys: keys, now: { [now] in now })
        await expectDiagnostic("token-unknown-key") { try await verifier.verify(token, audience: "a") }
    }

    @Test("the key is private, alone in a private folder")
    func modes() throws {
        _ = try LocalIssuer(folder: data)
        #expect(try FileManager.default.contentsOfDirectory(atPath: data) == ["local-issuer.key"])
        #expect(try mode(data) == 0o700)
        #expect(try mode(data + "/local-issuer.key") == 0o600)
    }

    @Test("issuers that start at the same time agree on one key")
    func race() async throws {
        let data = data
        let keys = try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
            for _ in 0..<16 {
                group.addTask { try await LocalIssuer(folder: data).keySource().keys().set.keys.first?.keyID }
            }
            return try await group.reduce(into: Set<[UInt8]?>()) { $0.insert($1) }
        }
        #expect(keys.count == 1 && !keys.contains(nil))
        #expect(try FileManager.default.contentsOfDirectory(atPath: data) == ["local-issuer.key"])
    }

    @Test("a key that others can read is refused", arguments: [0o640, 0o604, 0o660, 0o601])
    func readable(mode: Int) async throws {
        _ = try LocalIssuer(folder: data)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: data + "/local-issuer.key")
        let text = await expectDiagnostic("local-key-refused") { try LocalIssuer(folder: data) }
        #expect(text.contains("can be read by others"))
    }

    @Test(
        "a file that is no key is refused and left alone",
        arguments: ["", "no key", String(repeating: "k", count: 5000)])
    func noKey(contents: String) async throws {
        let path = try folder.write("data/inject/local-issuer.key", contents, mode: 0o600)
        await expectDiagnostic("local-key-refused") { try LocalIssuer(folder: data) }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == contents)
    }

    @Test("a FIFO in place of the key is refused, and no wait")
    func pipe() async throws {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try #require(mkfifo(data + "/local-issuer.key", 0o600) == 0)
        let text = await expectDiagnostic("local-key-refused") { try LocalIssuer(folder: data) }
        #expect(text.contains("is not a file of yours"))
    }

    @Test("a link in place of the key is not followed")
    func link() async throws {
        _ = try LocalIssuer(folder: data)
        let other = folder.path("other")
        try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            atPath: other + "/local-issuer.key",
            withDestinationPath: data + "/local-issuer.key"
        )
        await expectDiagnostic("local-key-refused") { try LocalIssuer(folder: other) }
    }

    @Test("a folder that others can write to is refused")
    func sharedFolder() async throws {
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: data)
        await expectDiagnostic("local-key-refused") { try LocalIssuer(folder: data) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: data) == [])
    }

    @Test(
        "the folder is the first of three that is named",
        arguments: [
            (["INJECT_DATA_DIR": "/d", "XDG_DATA_HOME": "/x", "HOME": "/h"], "/d"),
            (["XDG_DATA_HOME": "/x", "HOME": "/h"], "/x/inject"), (["HOME": "/h"], "/h/.local/share/inject"),
            (["XDG_DATA_HOME": "x", "HOME": "/h"], "/h/.local/share/inject"),
            (["INJECT_DATA_DIR": "", "XDG_DATA_HOME": "", "HOME": "/h"], "/h/.local/share/inject"),
        ]
    )
    func folders(variables: [String: String], expected: String) throws {
        #expect(try LocalIssuer.folder(EnvironmentVariables(text: variables)) == expected)
    }

    @Test("without any of them there is none")
    func noFolder() async {
        await expectDiagnostic("local-key-refused") {
            try LocalIssuer.folder(EnvironmentVariables(text: ["HOME": "h"]))
        }
    }

    @Test("a source makes a token for each audience")
    func source() async throws {
        let issuer = try LocalIssuer(folder: data)
        let source = LocalTokenSource(issuer: SharedLocalIssuer(issuer)) { [now] audience throws(Diagnostic) in
            try FakeClaims(audience: audience, now: now)
        }
        let verifier = TokenVerifier(issuer: .local, keys: try issuer.keySource(), now: { [now] in now })
        for audience in ["a", "b"] {
            _ = try await verifier.verify(try await source.token(audience: audience), audience: audience)
        }
    }

    private func verified(_ issuer: LocalIssuer, _ claims: [(name: String, value: String)]) async throws
        -> VerifiedToken
    {
        let token = try issuer.token(FakeClaims(claims, audience: "a", now: now))
        let verifier = TokenVerifier(issuer: .local, keys: try issuer.keySource(), now: { [now] in now })
        return try await verifier.verify(token, audience: "a")
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }
}
