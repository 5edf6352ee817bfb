/// The `sub` that GitHub makes of a job's other claims, unless the organisation customises it.
///
/// Source: docs.github.com, "OpenID Connect reference": environment goes before pull request, and that before ref.
package struct GitHubSubject: Sendable {
    private let repository: String
    private let ownerID: String?
    private let repositoryID: String?
    private let context: String

    /// Takes claims by name; nil without a repository, or without what its end is made of.
    package init?(_ claim: (String) -> String?) {
        guard let repository = claim("repository"), repository.contains("/"),
            let context = Self.context(claim)
        else { return nil }
        self.repository = repository
        self.context = context
        ownerID = claim("repository_owner_id")
        repositoryID = claim("repository_id")
    }

    /// The older form, `repo:OWNER/NAME:…`.
    package var classic: String { "repo:\(repository):" + context }

    /// The form with ids, `repo:OWNER@OWNER-ID/NAME@ID:…`; nil without them.
    package var immutable: String? {
        guard let ownerID, let repositoryID else { return nil }
        let parts = repository.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        return "repo:\(parts[0])@\(ownerID)/\(parts[1])@\(repositoryID):" + context
    }

    private static func context(_ claim: (String) -> String?) -> String? {
        if let environment = claim("environment"), !environment.isEmpty { return "environment:" + escaped(environment) }
        if claim("event_name") == "pull_request" { return "pull_request" }
        return claim("ref").map { "ref:" + escaped($0) }
    }

    private static func escaped(_ text: String) -> String {
        text.split(separator: ":", omittingEmptySubsequences: false).joined(separator: "%3A")
    }
}
