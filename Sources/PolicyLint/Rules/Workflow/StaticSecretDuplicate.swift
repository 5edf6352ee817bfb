internal import Diagnostics
internal import YAMLSyntax

/// W08: a workflow reads from GitHub's secrets what the policy declares.
package struct StaticSecretDuplicate: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W08",
        "static-secret-duplicate",
        .warning,
        isFixable: true,
        summary: "A workflow reads from GitHub's secrets what the policy declares.",
        avoid: """
            env: { KEY: "${{ secrets.KEY }}" }
            """,
        prefer: """
            run: inject -- make
            """,
        why: "The copy lives long, is rotated by nobody and obeys no grant."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let names = subject.secretNames
        return subject.injectJobs.flatMap { job in
            Self.scalars(of: job.node).compactMap { node in
                let text = node.text ?? ""
                guard text.utf8.contains(UInt8(ascii: "$")), text.contains("${{") else { return nil }
                let words = text.split { !($0.isLetter || $0.isNumber || "_.".contains($0)) }
                guard let name = names.first(where: { words.contains("secrets.\($0)") }) else { return nil }
                return finding(
                    "job `\(job.id)` reads `\(name)` from GitHub's secrets, and the policy declares it",
                    node.span,
                    help: "take it from inject, and delete the copy",
                    fix: Self.fix(name, node, job)
                )
            }
        }
    }

    private static func scalars(of node: YAMLNode) -> [YAMLNode] {
        switch node.content {
        case .scalar: [node]
        case .sequence(let elements): elements.flatMap(scalars)
        case .mapping(let pairs): pairs.flatMap { scalars(of: $0.value) }
        }
    }

    /// Removes the variable from a step that runs inject, which sets it anyway, if nothing else stands in its line.
    private static func fix(_ name: String, _ node: YAMLNode, _ job: WorkflowJob) -> LintFix? {
        for step in job.steps where !InjectCall.all(in: step["run"]?.text ?? "").isEmpty {
            guard let env = step["env"], env.pairs.count > 1,
                let pair = env.pairs.first(where: { $0.value.span.range == node.span.range }), pair.key == name,
                (node.text ?? "").filter({ $0 != " " }) == "${{secrets.\(name)}}"
            else { continue }
            let (start, end) = (pair.keySpan.range.lowerBound, node.span.range.upperBound)
            return .removingLines(from: start, through: end, in: node.span.source)
        }
        return nil
    }
}
