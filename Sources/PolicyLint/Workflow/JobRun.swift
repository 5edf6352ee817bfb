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

    /// Its tokens, a shape for each event that starts it.
    var shapes: [JobTokenShape] {
        let call = job.call?.text
        return EventTokens.all(of: root).map { event in
            JobTokenShape(
                event: event.event,
                refs: event.refs,
                environment: call.map(JobTokenShape.Environment.computed) ?? job.environment,
                workflow: root.path,
                called: call ?? (callers.isEmpty ? nil : job.workflow.path),
                runner: call == nil ? job.runner : nil
            )
        }
    }

    /// The first job of the chain that may not ask for a token; permissions can only become fewer on the way.
    var withoutToken: WorkflowJob? {
        (callers + [job]).enumerated().first { level, job in
            // What a called job does not say, it inherits.
            level > 0 && job.permissions == nil ? false : !job.mayAskForToken
        }?.element
    }

    /// What its tokens match, as far as a policy has conditions on some of these claims: one list or another.
    ///
    /// Events that differ in nothing else are one list, since each list costs a search. Of a workflow that names no event
    /// nothing is known.
    func alternatives(on claims: Set<String>, of policy: PolicyFile) -> [[ClaimCondition]] {
        guard !shapes.isEmpty else { return [[]] }
        var groups: [(events: [String], shape: JobTokenShape)] = []
        for shape in shapes {
            let isSame = { (other: JobTokenShape) in !claims.contains("ref") || other.refs == shape.refs }
            if let index = groups.firstIndex(where: { isSame($0.shape) }) {
                groups[index].events.append(shape.event)
            } else {
                groups.append(([shape.event], shape))
            }
        }
        return groups.map { events, shape in
            // Of an event without filters the model knows the refs, and each pattern more costs.
            let isFiltered = events.contains { EventTokens.refs(of: $0, nil) != shape.refs }
            return shape.conditions(repository: policy.repository, events: events, at: job.span)
                .filter { claims.contains($0.claim) && (isFiltered || $0.claim != "ref") }
        }
    }
}
