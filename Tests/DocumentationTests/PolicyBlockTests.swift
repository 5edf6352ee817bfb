import Diagnostics
import Foundation
import InjectTesting
import Policy
import PolicyLint
import Testing
import YAMLSyntax

@Suite("The YAML in the guide")
struct PolicyBlockTests {
    /// What a block is a part of, by its first key.
    private static func policy(_ text: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        let first = lines.first { !$0.isEmpty && !$0.hasPrefix("#") } ?? ""
        let indent = first.prefix { $0 == " " }.count
        let body = lines.map { $0.dropFirst(min(indent, $0.prefix { $0 == " " }.count)) }
        let head = "version: \"1\"\nrepository: acme/shop\nrepository_id: \"456789\"\n"
        let key = body.first { !$0.isEmpty && !$0.hasPrefix("#") }?.prefix { $0 != ":" } ?? ""
        func indented(_ count: Int) -> String {
            body.map { $0.isEmpty ? "" : String(repeating: " ", count: count) + $0 }.joined(separator: "\n")
        }
        let prod = """
            environments:
              prod:
                secrets: { DATABASE_URL: { from: "aws-sm:db" } }
                grants: [{ id: deploy, when: { event_name: push, environment: prod }, read: DATABASE_URL }]

            """
        switch key {
        case "version": return text
        case "environments": return head + indented(0)
        case "assert", "deny", "tests", "defaults", "lint": return head + prod + indented(0)
        case "secrets": return head + "environments:\n  prod:\n" + indented(4)
        case "exchange", "grants":
            let secrets = "    secrets: { DATABASE_URL: { from: \"aws-sm:db\" } }\n"
            return head + "environments:\n  prod:\n" + secrets + indented(4)
        case "staging", "prod", "dev": return head + "environments:\n" + indented(2)
        default: return nil
        }
    }

    private static let blocks = DocumentationPage.all.flatMap { page in
        page.blocks.filter { $0.kind == "yaml" }.map { (page.path, $0) }
    }

    @Test("each block is a policy without errors, or a part of one, or another system's YAML")
    func policies() throws {
        var policies = 0
        for (path, block) in Self.blocks {
            let isOther = [
                "on:", "services:", "stores:", "administrators:", "name:", "jobs:", "issuer:", "steps:", "- uses:",
            ].contains {
                block.text.contains("\n" + $0) || block.text.hasPrefix($0)
            }
            let source = SourceText(name: path, bytes: Array((Self.policy(block.text) ?? block.text).utf8))
            if isOther {
                #expect(throws: Never.self, "\(path):\(block.line)") { try LenientYAMLReader.read(source) }
                continue
            }
            policies += 1
            if block.text.contains("version:") && !block.text.contains("environments:") {
                #expect(throws: Never.self, "\(path):\(block.line)") { try PolicyFile.parse(baseline: source) }
                continue
            }
            #expect(Self.policy(block.text) != nil, "\(path):\(block.line) is part of nothing")
            let subject = LintSubject(policy: source, now: 1_795_600_000)
            let errors = PolicyLinter().findings(in: subject).filter { $0.diagnostic.severity == .error }
            #expect(errors.map(\.diagnostic.message) == [], "\(path):\(block.line)")
        }
        #expect(policies > 8)
    }
}
