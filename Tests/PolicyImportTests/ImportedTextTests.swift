import Diagnostics
import Policy
import PolicyImport
import Testing

@Suite("The text of an imported policy")
struct ImportedTextTests {
    static let start =
        "issuer: https://token.actions.githubusercontent.com\nsubject: repo:acme/shop:ref:refs/heads/main\n"

    private static func text(_ foreign: String, file: String = "deploy.sts.yaml") throws -> String {
        let source = SourceText(name: file, bytes: Array((start + foreign).utf8))
        return try ImportedPolicy(source, from: .octoSTS, repositoryID: "456789").text(repository: "acme/shop")
    }

    @Test(
        "a property's name cannot end the key that it becomes",
        arguments: [
            #"repo_property_x: "a" #"#, "repo_property_x, y", "repo_property_x }", "repo_property_é", "repo_property_",
            #"repo_property_\"#, "repo_property_x ",
        ]
    )
    func names(name: String) throws {
        let text = try Self.text("claim_pattern: { '\(name)': b }\n")
        let policy = try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(text.utf8)))
        #expect(policy.environments.flatMap(\.grants).isEmpty)
        #expect(text.contains("a condition on `\(name)` cannot be said in inject.yaml"))
    }

    @Test("a property that can be named is demanded")
    func property() throws {
        #expect(
            try Self.text("claim_pattern: { repo_property_team-1.x: b }\n").contains("repo_property_team-1.x: \"b\""))
    }

    @Test(
        "a file's name cannot end the comment that it stands in",
        arguments: [
            "a\nversion: 2", "a\rversion: 2", "a\u{2028}version: 2", "a\u{2029}version: 2", "a\u{85}version: 2",
        ]
    )
    func fileNames(name: String) throws {
        let text = try Self.text("", file: name)
        #expect(text.hasPrefix("# Imported from a version: 2, of octo-sts: it lets in"))
        _ = try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(text.utf8)))
    }
}
