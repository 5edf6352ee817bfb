import Diagnostics
import InjectTesting
import Policy
import Testing

@Suite("Policies that are refused")
struct PolicyRefusalTests {
    typealias Row = (draft: PolicyDraft, expected: String)

    static func secret(_ text: String) -> PolicyDraft { PolicyDraft(secrets: "KEY: \(text)") }

    static func file(_ text: String) -> PolicyDraft { secret("{ from: \"file:key\", file: \(text) }") }

    static func grant(_ text: String) -> PolicyDraft { PolicyDraft(grants: "- { \(text) }") }

    static func when(_ text: String) -> PolicyDraft { grant("id: a, when: \(text), read: KEY") }

    static func rule(_ text: String) -> PolicyDraft { PolicyDraft(rest: text) }

    static func locked(_ grant: String, _ head: String = "repository_id: \"1\"") -> PolicyDraft {
        PolicyDraft(
            head: "repository: acme/shop\n" + head, environment: "protected: \"true\"", grants: "- { \(grant) }")
    }

    static let all = file + environments + secrets + grants + strict + rules

    @Test("each mistake has its id, its place and its consequence", arguments: all)
    func mistake(row: Row) {
        #expect(PolicyDraft.findings(row.draft.text).contains(row.expected), "\(PolicyDraft.findings(row.draft.text))")
    }

    @Test("one mistake makes one finding", arguments: all)
    func noEcho(row: Row) {
        #expect(PolicyDraft.findings(row.draft.text).count == 1)
    }

    @Test("every finding says what to do", arguments: all)
    func help(row: Row) throws {
        do {
            _ = try ExamplePolicy.parsed(row.draft.text)
        } catch let list as DiagnosticList {
            for found in list.diagnostics {
                #expect(found.remarks.contains { if case .help = $0 { true } else { false } }, "\(found.text)")
            }
        }
    }

    @Test("every id of the parser is among these mistakes")
    func everyID() throws {
        let text = try PackageFolder.text(of: "Sources/Policy/Parsing/PolicyDiagnostics.swift")
        let ids = text.split(separator: "\"").map(String.init).filter { $0.hasPrefix("policy-") }
        #expect(ids.count >= 17)
        for id in ids { #expect(Self.all.contains { $0.expected.hasPrefix(id + " ") }, "\(id)") }
    }
}
