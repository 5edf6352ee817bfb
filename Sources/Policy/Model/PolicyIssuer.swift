/// Who issues the tokens that the policy decides about.
package enum PolicyIssuer: Hashable, Sendable {
    /// GitHub Actions, on github.com.
    case github
    /// GitLab, on gitlab.com.
    case gitlab
    /// Another issuer, by its URL, which is the token's `iss` byte for byte.
    case url(String)

    /// The issuer of a URL, byte for byte: those that have a name are the same by their URL, or nothing that is known of
    /// their tokens would be checked.
    init(url: String) {
        self =
            if url.utf8.elementsEqual("https://token.actions.githubusercontent.com".utf8) {
                .github
            } else if url.utf8.elementsEqual("https://gitlab.com".utf8) {
                .gitlab
            } else {
                .url(url)
            }
    }

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
