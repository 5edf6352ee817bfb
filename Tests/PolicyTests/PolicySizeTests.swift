import Diagnostics
import Policy
import Testing

@Suite("Large policies")
struct PolicySizeTests {
    @Test("2,000 grants are one file, and each decides for its own branch alone")
    func grants() throws {
        let lines = (0..<2_000).map {
            "      - { id: g\($0), when: { event_name: push, ref: refs/heads/b\($0) }, read: KEY }"
        }
        let head = "version: \"1\"\nrepository: acme/shop\nenvironments:\n  ci:\n    secrets:\n"
        let text = head + "      KEY: { from: \"aws-sm:key\" }\n    grants:\n" + lines.joined(separator: "\n")
        let policy = try ExamplePolicy.parsed(text)
        let index = PolicyIndex(policy)
        for number in [0, 999, 1_999] {
            let claims = [("repository", "acme/shop"), ("event_name", "push"), ("ref", "refs/heads/b\(number)")]
            let token = ClaimSet(assumed: claims.map { (Array($0.utf8), Array($1.utf8)) })
            let outcome = index.outcome(environment: "ci", secret: "KEY", claims: token, at: 0)
            #expect(PolicyIndexTests.text(outcome) == "allow g\(number)")
        }
    }

    /// Each slip is reported; guesses are made for as many as is affordable.
    @Test("a file of slips is answered without comparing each with every name")
    func slips() {
        let secrets = (0..<2_000).map { "SECRET_NUMBER_\($0): { from: \"file:k\" }" }.joined(separator: "\n      ")
        let reads = (0..<4_000).map { "SECRET_NUMBRE_\($0)" }.joined(separator: ", ")
        let draft = PolicyDraft(
            secrets: secrets, grants: "- { id: a, when: { event_name: push }, read: [\(reads)] }")
        guard
            case .failure(let list) = Result(catching: { () throws(DiagnosticList) in
                try PolicyFile.parse(SourceText(name: "inject.yaml", bytes: Array(draft.text.utf8)))
            })
        else {
            Issue.record("the policy was taken")
            return
        }
        let found = list.diagnostics.filter { $0.id == .policyUnknownSecret }
        let guesses = found.count { diagnostic in
            if case .span(_, .some) = diagnostic.place { true } else { false }
        }
        #expect(found.count == 4_000)
        #expect((1..<1_000).contains(guesses))
    }
}
