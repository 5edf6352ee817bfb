internal import Diagnostics
internal import YAMLSyntax

/// W02: a workflow lets every job ask for a token, and some have no use for one.
package struct IDTokenTooWide: LintRule {
    /// Makes the rule.
    package init() {}

    /// What the rule is.
    package static let facts = RuleFacts(
        "W02",
        "id-token-too-wide",
        .warning,
        isFixable: true,
        summary: "A workflow lets every job ask for a token, and some have no use for one.",
        avoid: """
            permissions: { id-token: write }
            jobs: { test: { … }, deploy: { … } }
            """,
        prefer: """
            jobs: { deploy: { permissions: { contents: read, id-token: write }, … } }
            """,
        why:
            "Any step of any job, and any action it uses, can then make tokens that grants are for. `--fix` moves the permission where the other jobs use no actions but GitHub's own."
    )

    /// Actions that ask for a token themselves.
    private static let users = [
        "aws-actions/configure-aws-credentials", "azure/login", "google-github-actions/auth", "hashicorp/vault-action",
        "pypa/gh-action-pypi-publish", "actions/attest", "sigstore/", "rubygems/", "rust-lang/crates-io-auth-action",
        "actions/deploy-pages",
    ]

    /// What the rule finds.
    package func findings(in subject: LintSubject) -> [LintFinding] {
        subject.workflows.compactMap { workflow in
            guard workflow.jobs.contains(where: \.runsInject), let node = Self.grant(workflow) else { return nil }
            let idle = workflow.jobs.filter { $0.node["permissions"] == nil && !Self.needsToken($0) }
            guard !idle.isEmpty else { return nil }
            let names = idle.prefix(3).map { "`\($0.id)`" }.joined(separator: ", ")
            return finding(
                "\(idle.count == 1 ? "job" : "jobs") \(names)\(idle.count > 3 ? " and \(idle.count - 3) more" : "") may ask for tokens without need",
                node.span,
                help: "move `id-token: write` to the jobs that run inject",
                fix: Self.fix(workflow, idle)
            )
        }
    }

    /// Moves the permission to the jobs that need it, where nobody else can miss it.
    private static func fix(_ workflow: Workflow, _ idle: [WorkflowJob]) -> LintFix? {
        guard let permissions = workflow.root["permissions"], !workflow.hasAnchors, idle.allSatisfy(isPlain),
            let removal = TokenPermission.removal(from: permissions)
        else { return nil }
        let users = workflow.jobs.filter { $0.node["permissions"] == nil && needsToken($0) }
        let copies = users.compactMap { TokenPermission.copied(permissions, to: $0) }
        return copies.count == users.count ? LintFix(workflow.source, [removal] + copies) : nil
    }

    /// Whether it is certain that a job asks for no token: any action and script might, also by a call of inject that
    /// nobody sees.
    private static func isPlain(_ job: WorkflowJob) -> Bool {
        job.uses.allSatisfy { ($0.text ?? "").hasPrefix("actions/") }
            && job.scripts.allSatisfy { script in
                let text = script.text ?? ""
                return !text.contains("ID_TOKEN") && !text.contains("inject")
            }
    }

    private static func grant(_ workflow: Workflow) -> YAMLNode? {
        guard let node = workflow.root["permissions"] else { return nil }
        if node.text == "write-all" { return node }
        return node["id-token"].flatMap { $0.text == "write" ? $0 : nil }
    }

    /// What a called workflow does with a token is its own rule's business.
    private static func needsToken(_ job: WorkflowJob) -> Bool {
        job.runsInject || job.call != nil
            || job.uses.contains { node in
                users.contains { (node.text ?? "").lowercased().hasPrefix($0) }
            }
    }
}
