/// Who issues the tokens that the policy decides about.
package enum PolicyIssuer: Hashable, Sendable {
    /// GitHub Actions, on github.com.
    case github
    /// GitLab, on gitlab.com.
    case gitlab
    /// Another issuer, by its URL, which is the token's `iss` byte for byte.
    case url(String)

    /// The claims that the file's `repository`, `repository_id` and `repository_owner_id` stand for.
    package var repositoryClaims: (name: String, id: String, ownerID: String) {
        switch self {
        case .gitlab: ("project_path", "project_id", "namespace_id")
        case .github, .url: ("repository", "repository_id", "repository_owner_id")
        }
    }

    /// The claim that says what started the job.
    var eventClaim: String {
        switch self {
        case .gitlab: "pipeline_source"
        case .github, .url: "event_name"
        }
    }
}
