internal import Glibc

/// What the surroundings say of the repository: its name and number, and the branch that is its default one.
struct RepositoryFacts {
    /// The folder of the repository, with a slash unless it is the current one.
    let root: String
    /// `OWNER/NAME`.
    let slug: String?
    /// The number, which git does not know and a job does.
    let id: String?
    /// The default branch.
    let branch: String?

    init(_ environment: ProcessEnvironment) {
        root = Self.found()
        let isJob = environment["GITHUB_ACTIONS"] == "true"
        // As it is written, or else as git rewrites it: either may be an abbreviation or a mirror.
        let remotes = [["config", "--get", "remote.origin.url"], ["remote", "get-url", "origin"]]
        let remote = remotes.lazy.compactMap { Git.line($0).flatMap(Self.slug) }.first
        slug = remote ?? (isJob ? environment["GITHUB_REPOSITORY"] : nil)
        // A job's number is its own repository's, and no other's.
        let isOwn = isJob && slug != nil && slug == environment["GITHUB_REPOSITORY"]
        id = isOwn ? environment["GITHUB_REPOSITORY_ID"].flatMap(Self.number) : nil
        let head = "refs/remotes/origin/"
        branch = Git.line(["symbolic-ref", "--quiet", head + "HEAD"]).flatMap { name in
            name.hasPrefix(head) ? String(name.dropFirst(head.count)) : nil
        }
    }

    /// `OWNER/NAME` of a remote on github.com, in the forms that git and GitHub use.
    static func slug(_ url: String) -> String? {
        var rest = url[...]
        for scheme in ["https://", "http://", "ssh://", "git://"] where rest.hasPrefix(scheme) {
            rest = rest.dropFirst(scheme.count)
        }
        if let at = rest.firstIndex(of: "@"), !rest[..<at].contains("/") { rest = rest[rest.index(after: at)...] }
        guard rest.hasPrefix("github.com"), let end = rest.dropFirst("github.com".count).first, ":/".contains(end)
        else { return nil }
        var parts = rest.dropFirst("github.com".count + 1).split(separator: "/").map(String.init)
        // An SSH remote may name a port.
        if parts.count == 3, parts[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) { parts.removeFirst() }
        guard parts.count == 2 else { return nil }
        if parts[1].hasSuffix(".git") { parts[1] = String(parts[1].dropLast(4)) }
        let slug = parts.joined(separator: "/")
        let isName = slug.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x7A).contains($0 | 0x20) || "-_./".utf8.contains($0)
        }
        return isName && !parts[1].isEmpty ? slug : nil
    }

    private static func number(_ text: String) -> String? {
        !text.isEmpty && text.utf8.allSatisfy { (0x30...0x39).contains($0) } ? text : nil
    }

    /// The nearest folder above that git calls a repository's, or else this one.
    private static func found() -> String {
        var prefix = ""
        for _ in 0..<64 {
            if access(prefix + ".git", F_OK) == 0 { return prefix }
            prefix += "../"
        }
        return ""
    }
}

extension Git {
    /// The first line of what git prints; nil where it fails.
    fileprivate static func line(_ arguments: [String]) -> String? {
        guard let answer = run(arguments), answer.status == 0 else { return nil }
        let line = String(decoding: answer.output.prefix { $0 != 0x0A }, as: UTF8.self)
        return line.isEmpty ? nil : line
    }
}
