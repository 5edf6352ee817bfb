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
        let workflows = subject.workflows.filter { $0.jobs.contains(where: \.runsInject) }
        let common = workflows.compactMap { $0.root["env"] }.flatMap(Self.scalars).compactMap { node in
            Self.name(in: node, of: names).map { finding("every job", $0, node, nil) }
        }
        return common
            + subject.injectJobs.flatMap { job in
                Self.scalars(of: job.node).compactMap { node in
                    Self.name(in: node, of: names).map {
                        finding("job `\(job.id)`", $0, node, Self.fix($0, node, job))
                    }
                }
            }
    }

    private func finding(_ who: String, _ name: String, _ node: YAMLNode, _ fix: LintFix?) -> LintFinding {
        finding(
            "\(who) reads `\(name)` from GitHub's secrets, and the policy declares it",
            node.span,
            help: "take it from inject, and delete the copy",
            fix: fix
        )
    }

    /// The first of these secrets that a text reads.
    private static func name(in node: YAMLNode, of names: [String]) -> String? {
        let paths = WorkflowExpression.all(in: node.text ?? "").flatMap(\.paths)
        return paths.isEmpty ? nil : names.first { paths.contains("secrets.\($0.lowercased())") }
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
