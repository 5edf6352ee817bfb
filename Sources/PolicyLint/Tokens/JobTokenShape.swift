package import Diagnostics
package import Policy

/// Tokens that one event gives one job: what of them can be known from the workflow.
package struct JobTokenShape: Hashable, Sendable {
    /// The environment of a job.
    package enum Environment: Hashable, Sendable {
        /// It has none, and its tokens have no such claim.
        case none
        /// It has this one.
        case named(String)
        /// An expression, or another repository's workflow, says it.
        case computed(String)
    }

    /// The event that started the workflow.
    package let event: String
    /// The refs that it can have, as globs.
    package let refs: [String]
    /// The environment.
    package let environment: Environment
    /// The workflow that the event started, by its path below the root.
    package let workflow: String
    /// The workflow that the job is in, where another calls it: a path below the root, or one of another repository.
    package let called: String?
    /// Where the job runs, `github-hosted` or `self-hosted`; nil where the workflow does not say.
    package let runner: String?

    /// What a token of the shape has to match; a job of `repository` has no other.
    package func conditions(repository: String?, at span: SourceSpan) -> [ClaimCondition] {
        conditions(repository: repository, events: [event], at: span)
    }

    /// What a token has to match that is of the shape but for its event, which is one of `events`.
    func conditions(repository: String?, events: [String], at span: SourceSpan) -> [ClaimCondition] {
        var conditions = [ClaimCondition.exactly("event_name", events, span)]
        if let refs = matching(refs, span) { conditions.append(refs) }
        switch environment {
        case .none: conditions.append(.absent("environment", span))
        case .named(let name): conditions.append(.exactly("environment", [name], span))
        case .computed: break
        }
        if let runner { conditions.append(.exactly("runner_environment", [runner], span)) }
        guard let repository else { return conditions }
        return conditions + [
            .exactly("repository", [repository], span),
            .beginning("workflow_ref", "\(repository)/\(workflow)@", span),
            .beginning("job_workflow_ref", "\(jobWorkflow(repository))@", span),
        ]
    }

    /// The workflow of the job, without its ref.
    private func jobWorkflow(_ repository: String) -> String {
        guard let called else { return "\(repository)/\(workflow)" }
        return called.hasPrefix(".github/") ? "\(repository)/\(called)" : String(called.prefix { $0 != "@" })
    }

    /// Refs that no glob can say are left out: the shape is then wider than the job's tokens, and never narrower.
    private func matching(_ texts: [String], _ span: SourceSpan) -> ClaimCondition? {
        let globs = texts.compactMap { try? Glob($0, claim: "ref") }
        guard globs.count == texts.count, !texts.contains("**") else { return nil }
        let patterns = globs.map { ClaimPattern(glob: $0, span: span) }
        return ClaimCondition(claim: "ref", patterns: patterns, isNegated: false, span: span)
    }
}
