/// The claims of CI tokens.
package enum ClaimNames {
    /// Claims that no pattern may be about, with the reason.
    package static let unmatchable = [
        "sub": "it has two live formats, can be customised and hides the event; match the claims it is made of",
        "aud": "the exchange sets it",
        "iss": "the file's `issuer` sets it",
        "jti": "it is different in every token",
        "exp": "times are checked when the token is verified",
        "iat": "times are checked when the token is verified",
        "nbf": "times are checked when the token is verified",
        "run_id": "it is different in every run",
    ]

    /// The claims of a GitHub Actions token that can be matched.
    ///
    /// Source: GitHub, "OpenID Connect reference", and tokens seen in public. An organisation's own properties, named
    /// `repo_property_…`, come on top.
    package static let github = [
        "actor", "actor_id", "base_ref", "check_run_id", "enterprise", "enterprise_id", "environment",
        "environment_node_id", "event_name", "head_ref", "job_workflow_ref", "job_workflow_sha", "ref",
        "ref_protected", "ref_type", "repository", "repository_id", "repository_owner", "repository_owner_id",
        "repository_visibility", "run_attempt", "run_number", "runner_environment", "sha", "workflow", "workflow_ref",
        "workflow_sha",
    ]

    /// Whether a GitHub Actions token can have a claim that can be matched.
    ///
    /// Properties have ASCII names; of others, two that look the same could be two claims.
    static func isGitHub(_ name: String) -> Bool {
        if github.contains(name) { return true }
        let property = "repo_property_".utf8
        let rest = name.utf8.dropFirst(property.count)
        return name.utf8.starts(with: property) && !rest.isEmpty && rest.allSatisfy { (0x21...0x7E).contains($0) }
    }
}
