import PolicyLint
import Testing

@Suite("W13 cache-in-privileged-job")
struct CacheInPrivilegedJobTests {
    static let bad: [(LintDraft, String)] = [
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    #"on: push\#njobs:\#n  d:\#n    steps: [{ uses: actions/cache@v4 }, { run: exec inject -- make }]\#n"#
            ]), #"cache-in-privileged-job «actions/cache@v4»"#
        ),
        (
            LintDraft(files: [
                ".github/workflows/a.yml":
                    #"on: push\#njobs:\#n  d:\#n    steps: [{ uses: actions/cache/restore@v4 }, { run: exec inject -- make }]\#n"#
            ]), #"cache-in-privileged-job «actions/cache/restore@v4»"#
        ),
    ]

    static let good: [LintDraft] = [
        LintDraft(),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ uses: actions/cache/save@v4 }, { run: exec inject -- make }]\#n"#
        ]),
        LintDraft(files: [
            ".github/workflows/a.yml":
                #"on: push\#njobs:\#n  d:\#n    steps: [{ uses: actions/cache@v4 }]\#n"#
        ]),
    ]

    @Test("is found at its place, once", arguments: bad)
    func found(draft: LintDraft, expected: String) {
        #expect(draft.findings(of: CacheInPrivilegedJob()) == [expected])
    }

    @Test("is not found where it is not", arguments: good)
    func clean(draft: LintDraft) {
        #expect(draft.findings(of: CacheInPrivilegedJob()).isEmpty)
    }
}
