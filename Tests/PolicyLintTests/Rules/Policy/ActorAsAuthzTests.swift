import PolicyLint
import Testing

@Suite("P20 actor-as-authz")
struct ActorAsAuthzTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft.when("event_name: push, actor: dana"), #"actor-as-authz «actor»"#)
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("event_name: push, actor_id: \"1001\""),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: ActorAsAuthz()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: ActorAsAuthz()).isEmpty)
    }
}
