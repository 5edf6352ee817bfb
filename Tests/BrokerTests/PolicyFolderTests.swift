import Broker
import Diagnostics
import Foundation
import InjectTesting
import Testing

@Suite("PolicyFolder")
struct PolicyFolderTests {
    static func policy(_ repository: String, ref: String = "refs/heads/main") -> String {
        """
        version: "1"
        repository: \(repository)
        environments:
          prod:
            secrets:
              API_KEY: { from: "file:api_key" }
            grants:
              - id: deploy
                when: { event_name: push, ref: \(ref) }
                read: API_KEY

        """
    }

    @Test("every policy below the folder is read, each for the repository that its folder is named after")
    func good() throws {
        let folder = try TemporaryFolder()
        try folder.write("acme/shop/inject.yaml", Self.policy("acme/shop"))
        try folder.write("acme/site/inject.yaml", Self.policy("acme/site"))
        try folder.write("acme/site/deeper/inject.yaml", "not looked at")
        try folder.write("acme/.github/inject.yaml", Self.policy("acme/.github"))
        try folder.write(".git/x/inject.yaml", "nor this")
        try folder.write("acme/.git/inject.yaml", "nor this")
        try folder.write("acme/..data/inject.yaml", "nor this")
        let set = try PolicyFolder(path: folder.url.path, baseline: nil).load()
        #expect(set.policies.map(\.repository) == ["acme/.github", "acme/shop", "acme/site"])
        #expect(Set(set.policies.map(\.digest)).count == 3)
    }

    @Test("a repository cannot speak for another one")
    func foreign() throws {
        let folder = try TemporaryFolder()
        try folder.write("acme/site/inject.yaml", Self.policy("acme/shop"))
        let error = #expect(throws: DiagnosticList.self) {
            try PolicyFolder(path: folder.url.path, baseline: nil).load()
        }
        #expect(error?.diagnostics.first?.message.contains("names the repository `acme/shop`") == true)
    }

    @Test("a folder without a policy, or that is not there, is refused", arguments: ["", "/nowhere"])
    func empty(suffix: String) throws {
        let folder = try TemporaryFolder()
        #expect(throws: DiagnosticList.self) {
            try PolicyFolder(path: folder.url.path + suffix, baseline: nil).load()
        }
    }

    @Test("a broker that requires ids takes no policy without one", arguments: [true, false])
    func ids(hasID: Bool) throws {
        let folder = try TemporaryFolder()
        let id = hasID ? "\nrepository_id: \"456789\"" : ""
        let text = Self.policy("acme/shop").replacing("repository: acme/shop", with: "repository: acme/shop" + id)
        try folder.write("acme/shop/inject.yaml", text)
        let strict = PolicyFolder(path: folder.url.path, baseline: nil, requiresIDs: true)
        if hasID {
            #expect(try strict.load().policies.count == 1)
        } else {
            #expect(throws: DiagnosticList.self) { try strict.load() }
        }
        _ = try PolicyFolder(path: folder.url.path, baseline: nil).load()
    }

    @Test("a policy that is a link to nowhere is missed, and not passed over")
    func danglingLink() throws {
        let folder = try TemporaryFolder()
        try folder.write("acme/shop/inject.yaml", Self.policy("acme/shop"))
        try folder.write("acme/site/README.md", "")
        let path = folder.path("acme/site/inject.yaml")
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
        let error = #expect(throws: DiagnosticList.self) {
            try PolicyFolder(path: folder.url.path, baseline: nil).load()
        }
        #expect(error?.diagnostics.count == 1)
        #expect(error?.diagnostics.first?.message.hasPrefix("`\(path)` cannot be used for policies") == true)
    }

    @Test(
        "a folder in which nobody may look for a policy is refused",
        .enabled(if: geteuid() != 0, "root may look everywhere"))
    func closedFolder() throws {
        let folder = try TemporaryFolder()
        try folder.write("acme/shop/inject.yaml", Self.policy("acme/shop"))
        try folder.write("acme/site/inject.yaml", Self.policy("acme/site"))
        let site = folder.path("acme/site")
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: site)
        defer { try? FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: site) }
        let error = #expect(throws: DiagnosticList.self) {
            try PolicyFolder(path: folder.url.path, baseline: nil).load()
        }
        #expect(error?.diagnostics.map(\.message) == ["`\(site)/` cannot be used for policies: it cannot be read"])
    }

    @Test("a link in the folder is not followed")
    func links() throws {
        let (folder, outside) = (try TemporaryFolder(), try TemporaryFolder())
        try folder.write("acme/shop/inject.yaml", Self.policy("acme/shop"))
        try outside.write("inject.yaml", Self.policy("acme/evil"))
        try FileManager.default.createSymbolicLink(
            atPath: folder.path("acme/evil"), withDestinationPath: outside.url.path)
        let set = try PolicyFolder(path: folder.url.path, baseline: nil).load()
        #expect(set.policies.map(\.repository) == ["acme/shop"])
    }

    @Test("a bad file among good ones changes nothing, until it is good again")
    func reload() throws {
        let folder = try TemporaryFolder()
        try folder.write("acme/shop/inject.yaml", Self.policy("acme/shop"))
        let library = try PolicyLibrary(PolicyFolder(path: folder.url.path, baseline: nil))
        let before = library.current.policies.map(\.digest)
        try folder.write("acme/shop/inject.yaml", Self.policy("acme/shop", ref: "refs/heads/other"))
        try folder.write("acme/site/inject.yaml", "version: 7")
        #expect(throws: DiagnosticList.self) { try library.reload() }
        #expect(library.isStale && library.current.policies.map(\.digest) == before)
        try folder.write("acme/site/inject.yaml", Self.policy("acme/site"))
        try library.reload()
        #expect(!library.isStale && library.current.policies.count == 2)
        #expect(!library.current.policies.map(\.digest).contains(before[0]))
    }
}
