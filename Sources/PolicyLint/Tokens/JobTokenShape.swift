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
        var conditions = [condition("event_name", [event], span)]
        if !refs.contains("**") { conditions.append(condition("ref", refs, span)) }
        switch environment {
        case .none: conditions.append(condition("environment", ["**"], isNegated: true, span))
        case .named(let name): conditions.append(condition("environment", [name], span))
        case .computed: break
        }
        if let runner { conditions.append(condition("runner_environment", [runner], span)) }
        if let repository {
            conditions.append(condition("repository", [repository], span))
            conditions.append(condition("workflow_ref", ["\(repository)/\(workflow)@refs/**"], span))
            conditions.append(condition("job_workflow_ref", jobWorkflow(repository), span))
        }
        return conditions.compactMap(\.self)
    }

    /// A called workflow of another repository may be named by a commit.
    private func jobWorkflow(_ repository: String) -> [String] {
        guard let called else { return ["\(repository)/\(workflow)@refs/**"] }
        let path = called.hasPrefix(".github/") ? "\(repository)/\(called)" : String(called.prefix { $0 != "@" })
        return ["\(path)@refs/**", "\(path)@*"]
    }

    /// A condition that no glob can say is left out: the shape is then wider than the job's tokens, and never narrower.
    private func condition(
        _ claim: String, _ texts: [String], isNegated: Bool = false, _ span: SourceSpan
    ) -> ClaimCondition? {
        let globs = texts.compactMap { try? Glob($0, claim: claim) }
        guard globs.count == texts.count else { return nil }
        let patterns = globs.map { ClaimPattern(glob: $0, span: span) }
        return ClaimCondition(claim: claim, patterns: patterns, isNegated: isNegated, span: span)
    }
}
