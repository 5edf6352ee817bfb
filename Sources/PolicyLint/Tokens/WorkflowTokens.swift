internal import Diagnostics
internal import YAMLSyntax

/// The tokens that the jobs of a repository's workflows can be given; what calls what is followed.
package struct WorkflowTokens: Sendable {
    /// The jobs, in the order of the files; those of workflows that cannot be read are not among them.
    package let jobs: [JobTokens]
    /// The paths of workflows that cannot be read.
    package let unreadable: [String]

    /// A job of a file, however often it runs.
    private struct Place: Hashable {
        let workflow: String
        let job: String
    }

    /// Reads the workflows of a repository.
    package init(_ repository: RepositoryView) {
        let workflows = repository.workflows.compactMap { try? Workflow($0.text, path: $0.path) }
        let readable = workflows.map(\.path)
        unreadable = repository.workflows.map(\.path).filter { !readable.contains($0) }
        let runs = Dictionary(grouping: WorkflowCalls(workflows).runs) {
            Place(workflow: $0.job.workflow.path, job: $0.job.id)
        }
        jobs = workflows.flatMap(\.jobs).map {
            Self.tokens(of: $0, runs[Place(workflow: $0.workflow.path, job: $0.id)] ?? [])
        }
    }

    private static func tokens(of job: WorkflowJob, _ runs: [JobRun]) -> JobTokens {
        let isLocalCall = job.calledPath != nil
        var shapes: [JobTokenShape] = []
        for shape in runs.flatMap(\.shapes) where !shapes.contains(shape) { shapes.append(shape) }
        return JobTokens(
            id: job.id,
            span: job.span,
            workflow: job.workflow.path,
            shapes: shapes,
            mayAskForToken: runs.contains { $0.withoutToken == nil },
            secrets: SecretUses(
                isLocalCall ? nil : job.node, variables: job.call == nil ? job.workflow.root["env"] : nil),
            isCall: job.call != nil
        )
    }
}
