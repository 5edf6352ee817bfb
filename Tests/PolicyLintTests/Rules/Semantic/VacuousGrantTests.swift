import PolicyLint
import Testing

@Suite("S08 vacuous")
struct VacuousGrantTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("event_name: push, ref: \"refs/pull/*/merge\""), "vacuous «event_name»"),
        (LintDraft.when("event_name: pull_request, ref_type: tag"), "vacuous «event_name»"),
        (LintDraft.when("event_name: push, repository_visibility: secret"), "vacuous «repository_visibility»"),
        (LintDraft.when("event_name: push, ref: refs/heads//a"), "vacuous «ref»"),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("event_name: brand_new_event"),
        LintDraft.when("event_name: pull_request, ref: refs/heads/main"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: VacuousGrant()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: VacuousGrant()).isEmpty)
    }
}
