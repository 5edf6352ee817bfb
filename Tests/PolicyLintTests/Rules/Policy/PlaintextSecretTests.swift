import PolicyLint
import Testing

@Suite("P17 plaintext-secret")
struct PlaintextSecretTests {
    static let bad: [(LintDraft, String)] = [
        (LintDraft(rest: "# " + "AKIA" + "IOSFODNN7EXAMPLE"), "plaintext-secret inject.yaml:11"),
        (
            LintDraft.when("workflow: " + "ghp_" + "abcdefghijklmnopqrstuvwxyz0123456789"),
            "plaintext-secret inject.yaml:10"
        ),
        (LintDraft(rest: "# Zx8Qk2Lm9" + "Vb4Nc7Ra1Ts6Yw3Ed5Uf0Gh"), "plaintext-secret inject.yaml:11"),
        (LintDraft(rest: "# -----" + "BEGIN PRIVATE KEY-----"), "plaintext-secret inject.yaml:11"),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft.when("sha: 11bd71901bbe5b1630ceea73d27597364c9af683"),
        LintDraft(
            secrets:
                "KEY: { from: 'aws-sm:arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/prod/db-AbCdEf#url' }"),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: PlaintextSecret()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: PlaintextSecret()).isEmpty)
    }
}
