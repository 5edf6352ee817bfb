/// Which claims vary together.
enum Layout: Sendable, CaseIterable {
    /// No condition is on a workflow: owner and repository together, every other claim alone.
    case plain
    /// A workflow at the token's ref, and the job is the workflow's own.
    case direct
    /// A workflow at the token's ref that calls another.
    case called
    /// A workflow at another ref than the token's.
    case apart
    /// An issuer of which nothing is modelled: every claim alone, with any value or none.
    case unmodelled

    /// The claims that vary together; every other varies alone.
    var together: [String] {
        switch self {
        case .plain: ["repository_owner", "repository"]
        case .direct: ["repository_owner", "repository", "workflow_ref", "ref", "job_workflow_ref"]
        case .called: ["repository_owner", "repository", "workflow_ref", "ref"]
        case .apart: ["repository_owner", "repository", "workflow_ref"]
        case .unmodelled: []
        }
    }

    /// The layouts that tell apart all tokens as far as conditions on these claims can.
    static func needed(for claims: Set<String>) -> [Layout] {
        guard claims.contains("job_workflow_ref") else {
            return claims.contains("workflow_ref") ? [.direct, .apart] : [.plain]
        }
        return [.direct, .called, .apart]
    }

    /// Whether a row's tokens are laid out like this.
    func holds(_ row: TokenRow) -> Bool {
        switch (self, row.workflow) {
        case (.unmodelled, _): false
        case (.plain, _), (.direct, .ownRef), (.called, .ownRef), (.apart, .other): true
        default: false
        }
    }

    /// What the words of claims that vary together can be.
    func word(_ row: TokenRow) -> Language {
        switch (self, row.workflow) {
        case (.plain, _): GitHubLanguages.repositoryWord
        case (.apart, .other(let refs)): GitHubLanguages.workflowWord(row.paths, at: refs)
        default: GitHubLanguages.workflowWord(row.paths, at: row.refs)
        }
    }

    /// What a claim that varies alone can be.
    func shape(of claim: String, _ row: TokenRow) -> ClaimShape {
        switch claim {
        case "ref": ClaimShape(language: row.refs)
        case "job_workflow_ref": ClaimShape(language: GitHubLanguages.calledWorkflow, canBeAbsent: true)
        default: row.claims[claim] ?? .anything
        }
    }
}
