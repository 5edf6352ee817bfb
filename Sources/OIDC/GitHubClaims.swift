/// What is known of the claims of GitHub Actions.
///
/// Source: docs.github.com, "OpenID Connect reference", and decoded tokens, which also have `ref_protected`, `sha` and
/// `environment_node_id`.
package enum GitHubClaims {
    /// The claims that are strings, all in ASCII; those of `repo_property_` are, too.
    package static let textNames = [
        "jti", "sub", "repository", "repository_id", "repository_owner", "repository_owner_id", "repository_visibility",
        "ref", "ref_type", "ref_protected", "sha", "environment", "environment_node_id", "event_name", "actor",
        "actor_id", "head_ref", "base_ref", "workflow", "workflow_ref", "workflow_sha", "job_workflow_ref",
        "job_workflow_sha", "run_id", "run_number", "run_attempt", "check_run_id", "runner_environment", "enterprise",
        "enterprise_id",
    ]

    /// Whether GitHub sends this claim as a string.
    package static func isText(_ name: [UInt8]) -> Bool {
        name.starts(with: "repo_property_".utf8) || textNames.contains { $0.utf8.elementsEqual(name) }
    }
}
