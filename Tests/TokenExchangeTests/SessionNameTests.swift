import Policy
import Testing

@testable import TokenExchange

@Suite("Session names")
struct SessionNameTests {
    @Test(
        "a session is named after the run, so that CloudTrail leads to it",
        arguments: [
            ([("repository_id", "456789"), ("run_id", "77"), ("run_attempt", "2")], "x", "inject-456789-77-2"),
            ([("project_id", "5"), ("pipeline_id", "6"), ("job_id", "7")], "x", "inject-5-6-7"),
            ([("repository_id", "456789"), ("run_id", "7*7"), ("run_attempt", "2")], "sub", "inject-sub"),
            (
                [("repository_id", String(repeating: "9", count: 60)), ("run_id", "1"), ("run_attempt", "1")], "s",
                "inject-s"
            ),
            ([], "repo:acme/shop:ref:refs/heads/ä", "inject-repo-acme-shop-ref-refs-heads---"),
            ([], String(repeating: "a", count: 99), "inject-" + String(repeating: "a", count: 57)),
        ]
    )
    func names(claims: [(String, String)], subject: String, expected: String) {
        let set = ClaimSet(verified: claims.map { (name: Array($0.0.utf8), value: Array($0.1.utf8)) })
        #expect(SessionName(set, subject: Array(subject.utf8)).text == expected)
    }
}
