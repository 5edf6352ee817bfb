internal import Diagnostics
internal import Policy

/// P18: cODEOWNERS does not ask the owners of the policy about changes to it.
package struct PolicyUnowned: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "P18",
        "policy-unowned",
        .warning,
        isFixable: true,
        summary: "CODEOWNERS does not ask the owners of the policy about changes to it.",
        avoid: """
            * @acme/everybody
            """,
        prefer: """
            /inject.yaml @acme/platform
            """,
        why: "Whoever may merge could give themselves every secret."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        guard let policy = subject.policy, let source = subject.repository.codeOwners else { return [] }
        let path = "/" + subject.repository.policyPath
        let owners = Self.owners(of: path, in: source)
        let missing = policy.owners.filter { !owners.contains($0) }
        guard owners.isEmpty || !missing.isEmpty else { return [] }
        let wanted = policy.owners.isEmpty ? ["@OWNER"] : policy.owners
        let line = path + " " + wanted.joined(separator: " ")
        let end = source.bytes.count
        let lineBreak = source.bytes.last == UInt8(ascii: "\n") || end == 0 ? "" : "\n"
        return [
            finding(
                owners.isEmpty
                    ? "nobody is asked about changes to `\(subject.repository.policyPath)`"
                    : "\(missing.map { "`\($0)`" }.joined(separator: ", ")) is not asked about changes to the policy",
                at: .file(source.name),
                help: "add the line `\(line)`",
                fix: policy.owners.isEmpty ? nil : LintFix(source, end..<end, lineBreak + line + "\n")
            )
        ]
    }

    /// The owners of a file: those of the last line that names it, a folder above it or every file, as GitHub reads it.
    private static func owners(of path: String, in source: SourceText) -> [String] {
        var owners: [String] = []
        for line in String(decoding: source.bytes, as: UTF8.self).split(whereSeparator: \.isNewline) {
            let words = line.prefix { $0 != "#" }.split(separator: " ").map(String.init)
            guard let pattern = words.first else { continue }
            if names(pattern, path) { owners = Array(words.dropFirst()) }
        }
        return owners
    }

    /// The patterns are those of `.gitignore`, but a star at the end is for the files of its own folder.
    private static func names(_ pattern: String, _ path: String) -> Bool {
        let isShallow = pattern.hasSuffix("/*")
        let depth = { (path: String) in path.split(separator: "/").count }
        guard !isShallow || depth(pattern) == depth(path) else { return false }
        return GitIgnore(SourceText(name: "", bytes: Array(pattern.utf8))).ignores(path)
    }
}
