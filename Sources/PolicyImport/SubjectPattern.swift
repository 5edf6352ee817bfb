internal import PolicyAnalysis

/// A condition on `sub`, taken apart into the claims that GitHub makes it of.
///
/// Source: docs.github.com, "OpenID Connect reference": environment goes before pull request, and that before ref.
enum SubjectPattern {
    /// Adds what a `sub` demands to a grant.
    ///
    /// A name alone can be registered again after a rename, and such a repository's `sub` has another form; our pattern
    /// on the name would take it. So the number is demanded as well: the one that is known, or a text that no
    /// repository has.
    static func apply(_ pattern: ForeignPattern, to grant: inout ImportedGrant, repositoryID: String?)
        throws(Inexpressible)
    {
        let parts = pattern.text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        if case .exact = pattern { _ = try pattern.pattern() }
        guard parts.count >= 2, parts[0] == "repo" else { throw Inexpressible("the `sub` `\(pattern.text)`") }
        try repository(pattern.of(parts[1]), to: &grant, repositoryID)
        guard parts.count == 3 else {
            // A star that ends it takes the rest as well.
            guard case .wildcard = pattern, parts[1].hasSuffix("*") else {
                throw Inexpressible("the `sub` `\(pattern.text)`, which no token has")
            }
            return
        }
        try context(pattern.of(parts[2]), to: &grant)
    }

    private static func repository(_ pattern: ForeignPattern, to grant: inout ImportedGrant, _ id: String?)
        throws(Inexpressible)
    {
        let names = pattern.text.split(separator: "/", omittingEmptySubsequences: false)
        guard names.count == 2, !names[0].contains("*") else {
            throw Inexpressible("the repositories `\(pattern.text)`")
        }
        let (owner, name) = (names[0].split(separator: "@"), names[1].split(separator: "@"))
        switch (owner.count, name.count) {
        case (1, 1):
            // Within a segment: the name must not become another owner's.
            try grant.require("repository", ["\(owner[0])/\(ForeignPattern.collapsed(name[0]))"])
            if name[0].contains("*") {
                grant.notes.append("the owner is known by name alone: add repository_owner_id")
                try grant.require("repository_owner_id", ["REPLACE-ME"])
            } else {
                if id == nil { grant.notes.append("matches nothing until repository_id is the repository's number") }
                try grant.require("repository_id", [id ?? "REPLACE-ME"])
            }
        case (2, 2):
            guard !pattern.text.contains("*") else { throw Inexpressible("`*` in `\(pattern.text)`") }
            try grant.require("repository", ["\(owner[0])/\(name[0])"])
            try grant.require("repository_id", [String(name[1])])
            try grant.require("repository_owner_id", [String(owner[1])])
        default: throw Inexpressible("the repositories `\(pattern.text)`")
        }
    }

    private static func context(_ pattern: ForeignPattern, to grant: inout ImportedGrant) throws(Inexpressible) {
        let text = pattern.text
        if case .wildcard = pattern, text == "*" { return }
        if text == "pull_request" {
            try grant.require("event_name", ["pull_request"])
            grant.lacksEnvironment = true
        } else if text.hasPrefix("environment:") {
            let name = unescaped(String(text.dropFirst("environment:".count)))
            guard !name.isEmpty, !name.contains(":") else { throw Inexpressible("the `sub` context `\(text)`") }
            try grant.require("environment", [pattern.of(name).pattern()])
        } else if text.hasPrefix("ref:") {
            try ref(pattern.of(unescaped(String(text.dropFirst("ref:".count)))), to: &grant)
        } else {
            throw Inexpressible("the `sub` context `\(text)`")
        }
    }

    /// A ref is told of no pull request, although a token of one that was merged has the ref of its base.
    private static func ref(_ pattern: ForeignPattern, to grant: inout ImportedGrant) throws(Inexpressible) {
        try grant.require("ref", [pattern.pattern()])
        let events = GitHubEvents.known.filter { !GitHubEvents.pullRequest.contains($0) && $0 != "pull_request_target" }
        try grant.require("event_name", Array(Set(events)).sorted())
        grant.lacksEnvironment = true
    }

    private static func unescaped(_ text: String) -> String { text.replacing("%3A", with: ":") }
}
