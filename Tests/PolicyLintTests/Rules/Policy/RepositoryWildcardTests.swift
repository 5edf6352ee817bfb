import PolicyLint
import Testing

@Suite("P01 repository-wildcard")
struct RepositoryWildcardTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("repository: \"acme/*\", event_name: push"), #"repository-wildcard «"acme/*"»"#),
        (LintDraft.when("repository_owner: \"acme*\""), #"repository-wildcard «"acme*"»"#),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("repository: acme/tools"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: RepositoryWildcard()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: RepositoryWildcard()).isEmpty)
    }
}
