/// Completes a few claims to those of a whole token, as GitHub derives them from one another.
package struct TokenCompletion: Sendable {
    /// The claims, those that were given first.
    package private(set) var claims: [(name: String, value: String)]
    private let fixed: Set<String>

    /// Completes the claims given; of those in `fixed`, the ones that are missing are meant to be absent.
    ///
    /// Event, ref and repository are those of a token that does not say them.
    package init(
        _ given: [(name: String, value: String)],
        fixed: Set<String> = [],
        event: String = "push",
        ref: String? = nil,
        repository: String? = nil
    ) {
        claims = given
        self.fixed = fixed
        add("event_name", event)
        let isPull = value("event_name").hasPrefix("pull_request")
        let isTarget = value("event_name") == "pull_request_target"
        add("ref", ref ?? (isPull && !isTarget ? "refs/pull/1/merge" : "refs/heads/main"))
        add("ref_type", value("ref").hasPrefix("refs/tags/") ? "tag" : "branch")
        add("head_ref", isPull ? "feature" : "")
        // A merged pull request's ref is the branch it went into.
        let isBranch = value("ref").hasPrefix("refs/heads/")
        add("base_ref", !isPull ? "" : isBranch ? String(value("ref").dropFirst("refs/heads/".count)) : "main")
        add("ref_protected", value("ref") == "refs/heads/main" ? "true" : "false")
        add("repository", repository ?? "octo-org/octo-repo")
        add("repository_owner", String(value("repository").prefix { $0 != "/" }))
        completeRest()
    }

    /// The value of a claim, or nothing.
    package func value(_ name: String) -> String {
        claims.first { $0.name.utf8.elementsEqual(name.utf8) }?.value ?? ""
    }

    private mutating func completeRest() {
        let sha = "0123456789abcdef0123456789abcdef01234567"
        let rest = [
            ("repository_id", "456789"), ("repository_owner_id", "123456"), ("repository_visibility", "private"),
            ("workflow_ref", value("repository") + "/.github/workflows/ci.yml@" + value("ref")),
            ("actor", "octocat"), ("actor_id", "583231"), ("run_number", "1"), ("run_attempt", "1"),
            ("runner_environment", "github-hosted"), ("workflow", "CI"), ("sha", sha),
        ]
        for (name, value) in rest { add(name, value) }
        add("workflow_sha", value("sha").isEmpty ? sha : value("sha"))
        add("job_workflow_ref", value("workflow_ref"))
        add("job_workflow_sha", value("workflow_sha"))
    }

    private mutating func add(_ name: String, _ value: String) {
        let isGiven = claims.contains { $0.name.utf8.elementsEqual(name.utf8) }
        if !isGiven, !fixed.contains(name) { claims.append((name, value)) }
    }
}
