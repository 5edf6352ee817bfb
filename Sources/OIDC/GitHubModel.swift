/// How GitHub derives claims from one another, as far as it is documented.
struct GitHubModel {
    private(set) var members: [(String, String)]

    init(given: [(name: String, value: String)]) {
        members = []
        // Of two values for one claim, the later one was meant.
        for (name, value) in given {
            members.removeAll { $0.0.utf8.elementsEqual(name.utf8) }
            members.append((name, value))
        }
    }

    /// Adds every claim that GitHub always sends and that was not given.
    mutating func complete(_ form: FakeClaims.SubjectForm) {
        completeEvent()
        completeRepository()
        completeWorkflow()
        completeRun()
        add("sub", subject(form))
    }

    private mutating func completeEvent() {
        add("event_name", "push")
        let isPull = value("event_name").hasPrefix("pull_request") && value("event_name") != "pull_request_target"
        add("ref", isPull ? "refs/pull/1/merge" : "refs/heads/main")
        add("ref_type", value("ref").hasPrefix("refs/tags/") ? "tag" : "branch")
        add("ref_protected", value("ref") == "refs/heads/main" ? "true" : "false")
        add("head_ref", isPull ? "feature" : "")
        add("base_ref", isPull ? "main" : "")
        add("sha", "0123456789abcdef0123456789abcdef01234567")
    }

    private mutating func completeRepository() {
        add("repository", "octo-org/octo-repo")
        add("repository_owner", String(value("repository").prefix { $0 != "/" }))
        add("repository_id", "456789")
        add("repository_owner_id", "123456")
        add("repository_visibility", "private")
    }

    /// An ordinary job has `job_workflow_ref`, too, equal to `workflow_ref`.
    private mutating func completeWorkflow() {
        add("workflow", "CI")
        add("workflow_ref", value("repository") + "/.github/workflows/ci.yml@" + value("ref"))
        add("workflow_sha", value("sha"))
        add("job_workflow_ref", value("workflow_ref"))
        add("job_workflow_sha", value("workflow_sha"))
    }

    private mutating func completeRun() {
        add("actor", "octocat")
        add("actor_id", "583231")
        add("run_id", "1")
        add("run_number", "1")
        add("run_attempt", "1")
        add("runner_environment", "github-hosted")
        let random = [UInt64.random(in: 0...UInt64.max), UInt64.random(in: 0...UInt64.max)]
        add("jti", "fake-" + random.map { String($0, radix: 16) }.joined(separator: "-"))
    }

    private func subject(_ form: FakeClaims.SubjectForm) -> String {
        let subject = GitHubSubject { name in value(name) }
        switch form {
        case .classic: return subject?.classic ?? ""
        case .immutable: return subject?.immutable ?? ""
        }
    }

    private func value(_ name: String) -> String {
        members.first { $0.0.utf8.elementsEqual(name.utf8) }?.1 ?? ""
    }

    private mutating func add(_ name: String, _ value: String) {
        guard !members.contains(where: { $0.0.utf8.elementsEqual(name.utf8) }) else { return }
        members.append((name, value))
    }
}
