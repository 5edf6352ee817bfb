internal import Diagnostics
internal import YAMLSyntax

/// Edits that give a job the permission to ask for a token, and no other job anything.
enum TokenPermission {
    private static let pair = "id-token: write"

    /// Lets a job ask: in its own permissions, or in a copy of its workflow's.
    ///
    /// Nil where it has neither: what a job may do by default is a setting of the repository, and any list would end it.
    static func fix(_ job: WorkflowJob) -> LintFix? {
        guard !job.workflow.hasAnchors else { return nil }
        guard let own = job.node["permissions"] else {
            return job.workflow.root["permissions"].flatMap { copied($0, to: job) }.map {
                LintFix(job.span.source, [$0])
            }
        }
        if let value = own["id-token"] { return LintFix(value.span.source, value.span.range, "write") }
        if own.isFlow, own.pairs.isEmpty { return LintFix(own.span.source, own.span.range, "{ \(pair) }") }
        return .adding(pair, to: own, behind: own.pairs.last)
    }

    /// Gives a job the permissions of its workflow for its own, with the one to ask for a token.
    static func copied(_ permissions: YAMLNode, to job: WorkflowJob) -> LintFix.Edit? {
        guard let first = job.node.pairs.first, let pairs = texts(of: permissions) else { return nil }
        let list = pairs.filter { $0.key != "id-token" }.map { "\($0.key): \($0.value)" } + [pair]
        return LintFix.insertion(of: "permissions: { \(list.joined(separator: ", ")) }", into: job.node, before: first)
    }

    /// Takes the permission to ask for a token out of a workflow's.
    static func removal(from permissions: YAMLNode) -> LintFix.Edit? {
        guard let pairs = texts(of: permissions) else { return nil }
        let rest = pairs.filter { $0.key != "id-token" }
        guard !permissions.isFlow, !rest.isEmpty, let pair = permissions.pair("id-token") else {
            let list = rest.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            return LintFix.Edit(range: permissions.span.range, text: rest.isEmpty ? "{}" : "{ \(list) }")
        }
        let lines = pair.keySpan.range.lowerBound..<pair.value.span.range.upperBound
        return LintFix.removingLines(from: lines.lowerBound, through: lines.upperBound, in: pair.keySpan.source)?.edits
            .first
    }

    /// The permissions of a list; nil for anything else.
    private static func texts(of node: YAMLNode) -> [(key: String, value: String)]? {
        let pairs = node.pairs.compactMap { pair in pair.value.text.map { (key: pair.key, value: $0) } }
        let isPlain = pairs.allSatisfy { pair in
            (pair.key + pair.value).utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }
        }
        return pairs.isEmpty || pairs.count < node.pairs.count || !isPlain ? nil : pairs
    }
}
