internal import Diagnostics
internal import Policy
internal import YAMLSyntax

/// A job as it runs: by itself, or for a workflow that calls its own.
struct JobRun: Sendable {
    let job: WorkflowJob
    /// The workflow that an event starts.
    let root: Workflow
    /// The jobs that call, the first one first.
    let callers: [WorkflowJob]

    /// What the job's token says of its environment.
    enum Environment: Equatable {
        /// It has none.
        case none
        /// It has this one.
        case named(String)
        /// GitHub works it out when the job starts.
        case dynamic
    }

    var environment: Environment {
        guard let node = job.environmentNode else { return .none }
        guard let name = node.text, !name.contains("${{") else { return .dynamic }
        return .named(name)
    }

    /// The names of the events that start it.
    var events: [String] { root.events.filter { $0 != "workflow_call" } }

    /// The first job of the chain that may not ask for a token; permissions can only become fewer on the way.
    var withoutToken: WorkflowJob? {
        (callers + [job]).enumerated().first { level, job in
            // What a called job does not say, it inherits.
            level > 0 && job.permissions == nil ? false : !job.mayAskForToken
        }?.element
    }

    /// The conditions that each token of the job meets, as far as they are on some of these claims.
    func conditions(on claims: Set<String>, of policy: PolicyFile) -> [ClaimCondition] {
        let span = job.span
        var conditions: [ClaimCondition] = []
        if !events.isEmpty { conditions.append(.exactly("event_name", events, span)) }
        switch environment {
        case .none: conditions.append(.absent("environment", span))
        case .named(let name): conditions.append(.exactly("environment", [name], span))
        case .dynamic: break
        }
        if let repository = policy.repository {
            conditions.append(.exactly("repository", [repository], span))
            conditions.append(.beginning("workflow_ref", "\(repository)/\(root.path)@", span))
            conditions.append(.beginning("job_workflow_ref", "\(repository)/\(job.workflow.path)@", span))
        }
        return conditions.filter { claims.contains($0.claim) }
    }
}
