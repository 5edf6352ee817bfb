internal import Diagnostics
internal import YAMLSyntax

/// W09: a script prints a secret.
package struct SecretEcho: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W09",
        "secret-echo",
        .error,
        confidence: .medium,
        summary: "A script prints a secret.",
        avoid: """
            run: inject -- sh -c 'echo "$KEY"'
            """,
        prefer: """
            run: inject -- make deploy
            """,
        why: "Logs are read by many and kept for long, and masking does not know every form of a value."
    )

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        let names = subject.variables
        return subject.injectJobs.flatMap { job in
            job.scripts.compactMap { node in
                ScriptLeak(in: node.text ?? "", of: names).map { leak in
                    finding("job `\(job.id)` \(leak.text)", node.span, help: "remove it from the script")
                }
            }
                + Self.dumps(in: job.node).map { node in
                    finding(
                        "job `\(job.id)` turns all variables or secrets into one text",
                        node.span,
                        help: "name the values that are needed"
                    )
                }
        }
    }

    /// Expressions with everything in them.
    private static func dumps(in node: YAMLNode) -> [YAMLNode] {
        switch node.content {
        case .scalar(let text):
            guard text.utf8.contains(UInt8(ascii: "(")) else { return [] }
            let plain = text.lowercased().filter { $0 != " " }
            return plain.contains("tojson(env)") || plain.contains("tojson(secrets)") ? [node] : []
        case .sequence(let elements): return elements.flatMap(dumps)
        case .mapping(let pairs): return pairs.flatMap { dumps(in: $0.value) }
        }
    }
}
