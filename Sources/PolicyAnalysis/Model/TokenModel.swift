import Policy

/// The realistic tokens of an issuer: every token that can exist is in a row, and a few that cannot are, too.
///
/// Claims that no row mentions are free. A token too many can only raise a false alarm; a token too few would let a proof
/// lie, so in doubt the model is wider than GitHub.
package enum TokenModel {
    /// The rows of GitHub Actions, the documented ones first: witnesses are taken from the first row that has one.
    package static let github: [TokenRow] = [
        row(
            "branch", GitHubEvents.branch, "refs/heads/BRANCH", GitHubLanguages.branchRef,
            [("ref_type", .exactly("branch"))],
            source: events
        ),
        row(
            "default branch", GitHubEvents.defaultBranch, "refs/heads/DEFAULT", GitHubLanguages.branchRef,
            [("ref_type", .exactly("branch"))],
            remark: "any branch may be the default one; `sub` is that of a push", source: events
        ),
        row(
            "tag", GitHubEvents.tag, "refs/tags/TAG", GitHubLanguages.tagRef, [("ref_type", .exactly("tag"))],
            source: events
        ),
        row(
            "pull request", GitHubEvents.pullRequest, "refs/pull/N/merge", GitHubLanguages.pullRef, pull,
            remark: "`sub` ends in `pull_request`; no token for a fork unless the organisation sends it", source: events
        ),
        row(
            "merged pull request", GitHubEvents.pullRequest, "refs/heads/BASE", GitHubLanguages.branchRef, pull,
            remark: "the ref is the branch that was merged into", status: .observed, source: captures
        ),
        row(
            "merged pull request, its workflow", GitHubEvents.pullRequest, "refs/heads/BASE", GitHubLanguages.branchRef,
            pull, workflow: .other(GitHubLanguages.pullRef),
            remark: "the workflow may still be the pull request's", status: .assumed, source: captures
        ),
        row(
            "pull request target", ["pull_request_target"], "refs/heads/DEFAULT", GitHubLanguages.branchRef, pull,
            remark: "`head_ref` is the attacker's choice", source: events
        ),
        row(
            "merge queue", ["merge_group"], "refs/heads/gh-readonly-queue/BASE/…", GitHubLanguages.queueRef,
            [("ref_type", .exactly("branch"))], source: events
        ),
        row(
            "deployment of a commit", ["deployment", "deployment_status"], "empty", .text(""),
            [("ref_type", .exactly("branch"))],
            workflow: .other(.choice([GitHubLanguages.anyRef, GitHubLanguages.sha])),
            remark: "`ref` is empty, not absent, and `workflow_ref` may end in the commit", status: .observed,
            source: captures
        ),
        row(
            "GitHub's own workflow", ["dynamic"], "refs/heads/BRANCH", GitHubLanguages.branchRef,
            [("ref_type", .exactly("branch"))], paths: GitHubLanguages.ownPath,
            remark: "`workflow_ref` is `OWNER/NAME/dynamic/…`, such as of Pages and Copilot", status: .observed,
            source: logs
        ),
        row(
            "unknown event", ["any other"], "any", GitHubLanguages.anyRef,
            [
                (
                    "event_name",
                    ClaimShape(language: GitHubLanguages.eventName, excluded: .words(GitHubEvents.known))
                ),
                ("ref_type", ClaimShape(language: .words(["branch", "tag"]))),
                ("head_ref", ClaimShape(language: .optional(GitHubLanguages.refName))),
                ("base_ref", ClaimShape(language: .optional(GitHubLanguages.refName))),
            ],
            paths: .choice([GitHubLanguages.filePath, GitHubLanguages.ownPath]),
            remark: "what GitHub adds later", status: .assumed, source: "none"
        ),
    ]

    private static let events = "docs.github.com, \"Events that trigger workflows\""
    private static let captures = "decoded tokens in public"
    private static let logs = "logs of such jobs in public"

    private static let pull: [(String, ClaimShape)] = [
        ("ref_type", .exactly("branch")), ("head_ref", ClaimShape(language: GitHubLanguages.refName)),
        ("base_ref", ClaimShape(language: GitHubLanguages.refName)),
    ]

    private static func row(
        _ name: String,
        _ events: [String],
        _ ref: String,
        _ refs: Language,
        _ claims: [(String, ClaimShape)],
        workflow: TokenRow.Workflow = .ownRef,
        paths: Language = GitHubLanguages.filePath,
        remark: String = "",
        status: TokenRow.Status = .documented,
        source: String
    ) -> TokenRow {
        let own = [("event_name", ClaimShape(language: .words(events)))] + claims
        return TokenRow(
            name: name,
            events: events,
            ref: ref,
            exampleRef: GitHubLanguages.example(of: refs),
            remark: remark,
            status: status,
            source: source,
            refs: refs,
            workflow: workflow,
            paths: paths,
            claims: GitHubLanguages.common.merging(own) { _, last in last }.merging(claims) { _, last in last }
        )
    }
}
