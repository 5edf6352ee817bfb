package import Policy

/// `sub` in the forms that GitHub gives it, as narrow as a grant's environment allows: without one, a job may have any.
///
/// GitHub writes `repo:OWNER/NAME:…`, and for repositories made, renamed or moved after 2026-07-15
/// `repo:OWNER@OWNER-ID/NAME@ID:…`; a colon in an environment's name is `%3A`.
package enum SubjectPatterns {
    /// Patterns as IAM reads them, for a grant with these conditions, implied ones among them.
    package static func texts(for conditions: [ClaimCondition]) -> [String] {
        let named = { (claim: String) in conditions.first { $0.claim == claim }?.patterns.map(\.glob) }
        let contexts = named("environment")?.map { "environment:" + $0.iamText.replacing(":", with: "%3A") } ?? ["*"]
        let ids = named("repository_id")?.map(\.iamText) ?? ["*"]
        let owners = named("repository_owner_id")?.map(\.iamText) ?? ["*"]
        return (named("repository") ?? []).flatMap { repository in
            let parts = repository.iamText.split(separator: "/", maxSplits: 1).map(String.init)
            guard parts.count == 2 else { return ["repo:*"] }
            let classic = contexts.map { "repo:\(parts[0])/\(parts[1]):\($0)" }
            let immutable = owners.flatMap { owner in
                ids.flatMap { id in contexts.map { "repo:\(parts[0])@\(owner)/\(parts[1])@\(id):\($0)" } }
            }
            return classic + immutable
        }
    }
}

extension Glob {
    /// The pattern for IAM, where one star is enough.
    package var iamText: String { text.replacing("**", with: "*") }
}
