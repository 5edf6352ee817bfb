internal import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import PolicyLint

/// The jobs of a repository that may ask for a token, and which of them a change of access is about.
struct AffectedJobs {
    private let jobs: [JobTokens]
    private let repository: String?

    init(_ view: RepositoryView, _ policy: PolicyFile) {
        jobs = policy.issuer == .github ? WorkflowTokens(view).jobs.filter(\.mayAskForToken) : []
        repository = policy.repository
    }

    /// Their tokens, a group a job.
    var groups: [TokenGroup] {
        jobs.map { job in
            TokenGroup(alternatives: job.shapes.map { $0.conditions(repository: repository, at: job.span) })
        }
    }

    /// The jobs of a change; nil where they are unknown.
    func jobs(of change: AccessChange) -> [JobTokens]? {
        change.groups.map { $0.map { jobs[$0] } }
    }
}

extension JobTokens {
    /// `deploy (.github/workflows/deploy.yml:12)`.
    var label: String { "\(id.visible) (\(workflow.visible):\(span.line))" }
}
