import Diagnostics
import Foundation
import InjectTesting
import PolicyLint
import Testing

@Suite("The catalogue of rules")
struct RuleCatalogueTests {
    /// The names of the files in a folder and those below, without an ending.
    private static func names(below folder: String, ending: String) throws -> Set<String> {
        Set(
            try PackageFolder.swiftFiles(below: folder).compactMap { path in
                let name = path.split(separator: "/").last.map(String.init) ?? ""
                return name.hasSuffix(ending) ? String(name.dropLast(ending.count)) : nil
            }
        )
    }

    @Test("each rule has one file and one test, and the other way round")
    func files() throws {
        let rules = Set(RuleCatalogue.all.map { "\(type(of: $0))" })
        #expect(rules.count == RuleCatalogue.all.count)
        #expect(try Self.names(below: "Sources/PolicyLint/Rules", ending: ".swift") == rules)
        #expect(try Self.names(below: "Tests/PolicyLintTests/Rules", ending: "Tests.swift") == rules)
    }

    /// With `INJECT_WRITE_DOCS=1` in its environment this test writes the sections in the place of comparing them.
    @Test("the documentation has each rule's own section, and no other")
    func documentation() throws {
        let path = "Sources/InjectCommands/Documentation.docc/LintRules.md"
        let text = try PackageFolder.text(of: path)
        let start = try #require(text.range(of: "### "))
        if ProcessInfo.processInfo.environment["INJECT_WRITE_DOCS"] == "1" {
            let written = text[..<start.lowerBound] + RuleCatalogue.documentation
            try written.write(to: PackageFolder.root.appendingPathComponent(path), atomically: true, encoding: .utf8)
            return
        }
        #expect(text[start.lowerBound...] == RuleCatalogue.documentation)
    }

    @Test("codes and ids are unique, and each is found by both")
    func unique() {
        let facts = RuleCatalogue.all.map(\.facts)
        #expect(Set(facts.map(\.code)).count == facts.count)
        let ids = facts.flatMap { [$0.id] + $0.refusals }
        #expect(Set(ids).count == ids.count)
        for fact in facts {
            #expect(RuleCatalogue.rule(called: fact.code)?.facts.code == fact.code)
            #expect(RuleCatalogue.rule(called: fact.id.description)?.facts.code == fact.code)
        }
    }

    @Test("every refusal of the policy's readers is some rule's")
    func refusals() throws {
        let files = ["Policy/Parsing/PolicyDiagnostics.swift", "YAMLSyntax/YAMLDiagnostics.swift"]
        let claimed = Set(RuleCatalogue.all.flatMap { $0.facts.refusals.map(\.description) })
        for file in files {
            let text = try PackageFolder.text(of: "Sources/" + file)
            let ids = text.matches(of: /Diagnostic\.ID\("([a-z-]+)"\)/).map { String($0.1) }
            #expect(!ids.isEmpty)
            for id in ids { #expect(claimed.contains(id), "\(id)") }
        }
    }

    @Test("summaries and reasons are sentences that fit GitHub's limits")
    func texts() {
        for facts in RuleCatalogue.all.map(\.facts) {
            for text in [facts.summary, facts.why] {
                #expect(text.hasSuffix(".") && text.count <= 1024, "\(facts.code)")
            }
            #expect(!facts.avoid.isEmpty && !facts.prefer.isEmpty)
        }
    }
}
