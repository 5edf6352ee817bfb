import OIDC
import Testing

@Suite("FakeClaims")
struct FakeClaimsTests {
    @Test("every claim that GitHub always sends is there")
    func complete() throws {
        let names = Set(try FakeClaims(audience: "a", now: 1000).members.map(\.name))
        let optional: Set = ["environment", "environment_node_id", "check_run_id", "enterprise", "enterprise_id"]
        #expect(Set(GitHubClaims.textNames).subtracting(names) == optional)
        #expect(names.isSuperset(of: ["iss", "aud", "iat", "nbf", "exp"]))
    }

    @Test(
        "the subject follows from the other claims, in both forms",
        arguments: [
            (
                [], "repo:octo-org/octo-repo:ref:refs/heads/main",
                "repo:octo-org@123456/octo-repo@456789:ref:refs/heads/main"
            ),
            (
                [("repository", "a/b"), ("ref", "refs/tags/v1")], "repo:a/b:ref:refs/tags/v1",
                "repo:a@123456/b@456789:ref:refs/tags/v1"
            ),
            (
                [("event_name", "pull_request")], "repo:octo-org/octo-repo:pull_request",
                "repo:octo-org@123456/octo-repo@456789:pull_request"
            ),
            (
                [("environment", "Production:V1"), ("event_name", "pull_request")],
                "repo:octo-org/octo-repo:environment:Production%3AV1",
                "repo:octo-org@123456/octo-repo@456789:environment:Production%3AV1"
            ),
            (
                [("repository_owner_id", "1"), ("repository_id", "2")], "repo:octo-org/octo-repo:ref:refs/heads/main",
                "repo:octo-org@1/octo-repo@2:ref:refs/heads/main"
            ),
            ([("sub", "own")], "own", "own"),
            ([("repository", "a")], "repo:a:ref:refs/heads/main", "repo:a:ref:refs/heads/main"),
            ([("repository", "a/")], "repo:a/:ref:refs/heads/main", "repo:a/:ref:refs/heads/main"),
        ] as [([(String, String)], String, String)]
    )
    func subject(given: [(String, String)], classic: String, immutable: String) throws {
        #expect(try value("sub", given) == classic)
        #expect(try value("sub", given, .immutable) == immutable)
    }

    @Test(
        "claims follow from those that were given",
        arguments: [
            ([("repository", "a/b")], "repository_owner", "a"),
            ([("repository", "a/b")], "workflow_ref", "a/b/.github/workflows/ci.yml@refs/heads/main"),
            ([("workflow_ref", "w")], "job_workflow_ref", "w"), ([("ref", "refs/tags/v1")], "ref_type", "tag"),
            ([("ref", "refs/heads/x")], "ref_type", "branch"), ([("ref", "refs/heads/x")], "ref_protected", "false"),
            ([("event_name", "pull_request")], "ref", "refs/pull/1/merge"),
            ([("event_name", "pull_request")], "base_ref", "main"),
            ([("event_name", "pull_request_target")], "ref", "refs/heads/main"), ([], "head_ref", ""),
            ([("sha", "s")], "job_workflow_sha", "s"), ([("custom", "x")], "custom", "x"),
            ([("ref", "first"), ("ref", "second")], "ref", "second"), ([("aud", "mine")], "aud", "mine"),
        ] as [([(String, String)], String, String)]
    )
    func derived(given: [(String, String)], name: String, expected: String) throws {
        #expect(try value(name, given) == expected)
    }

    @Test("the times are those of a GitHub token, unless given")
    func times() throws {
        #expect(try value("iat", []) == "1000")
        #expect(try value("nbf", []) == "400")
        #expect(try value("exp", []) == "1300")
        #expect(try value("exp", [("exp", "7")]) == "7")
    }

    @Test("no two tokens have the same id")
    func unique() throws {
        #expect(try value("jti", []) != value("jti", []))
    }

    @Test("no claim comes twice")
    func once() throws {
        let names = try FakeClaims([("ref", "a"), ("ref", "b"), ("aud", "x"), ("exp", "1")], audience: "a", now: 1)
            .members.map(\.name)
        #expect(names.count == Set(names).count)
    }

    @Test(
        "claims that no fake token may have",
        arguments: [("iss", "https://token.actions.githubusercontent.com"), ("", "x"), ("exp", "soon"), ("iat", "1.5")]
    )
    func refused(name: String, value: String) async {
        await expectDiagnostic("fake-claim-refused") { try FakeClaims([(name, value)], audience: "a", now: 1) }
    }

    private func value(
        _ name: String,
        _ given: [(String, String)],
        _ form: FakeClaims.SubjectForm = .classic
    ) throws -> String? {
        let given = given.map { (name: $0.0, value: $0.1) }
        return try FakeClaims(given, form: form, audience: "a", now: 1000).members.first { $0.name == name }?.value
    }
}
