/// The events of GitHub Actions, by the ref their tokens have.
///
/// Source: docs.github.com, "Events that trigger workflows", columns `GITHUB_REF`.
package enum GitHubEvents {
    static let branch = [
        "push", "workflow_dispatch", "create", "registry_package", "deployment", "deployment_status",
    ]
    static let defaultBranch = [
        "schedule", "repository_dispatch", "workflow_run", "issue_comment", "issues", "branch_protection_rule",
        "check_run", "check_suite", "delete", "discussion", "discussion_comment", "fork", "gollum", "image_version",
        "label", "milestone", "page_build", "project", "project_card", "project_column", "public", "status", "watch",
    ]
    static let tag = [
        "push", "release", "workflow_dispatch", "create", "registry_package", "deployment", "deployment_status",
    ]
    /// Events of a pull request's own code.
    package static let pullRequest = ["pull_request", "pull_request_review", "pull_request_review_comment"]

    /// The events that no pull request is.
    static let other = branch + defaultBranch + ["release", "merge_group"]

    /// Every event of the rows above and below.
    package static let known =
        branch + defaultBranch + ["release"] + pullRequest + ["pull_request_target", "merge_group"]
}
