internal import Diagnostics
internal import YAMLSyntax

/// The tokens that the jobs of a repository's workflows can be given; what calls what is followed.
package struct WorkflowTokens: Sendable {
    /// The jobs, in the order of the files; those of workflows that cannot be read are not among them.
    package let jobs: [JobTokens]
    /// The paths of workflows that cannot be read.
    package let unreadable: [String]

    /// How a workflow is started: by an event, in the file that the event started.
    private struct Start: Hashable {
        let event: EventTokens
        let file: String
        let isCalled: Bool
        let mayAsk: Bool
    }

    /// Reads the workflows of a repository.
    package init(_ repository: RepositoryView) {
        let workflows = repository.workflows.compactMap { source in
            (try? Workflow(source.text, path: source.path)).map { (path: source.path, workflow: $0) }
        }
        let readable = workflows.map(\.path)
        unreadable = repository.workflows.map(\.path).filter { !readable.contains($0) }
        let starts = Self.starts(of: workflows)
        jobs = workflows.flatMap { path, workflow in
            workflow.jobs.map { Self.job($0, path, starts[path] ?? []) }
        }
    }

    private static func job(_ job: WorkflowJob, _ path: String, _ starts: [Start]) -> JobTokens {
        let uses = job.node["uses"]?.text
        let ownPermission = job.tokenPermission
        let mayAsk = starts.contains { $0.isCalled ? $0.mayAsk && ownPermission != false : ownPermission == true }
        let isLocalCall = uses.map { localPath($0) != nil } ?? false
        return JobTokens(
            id: job.id,
            span: job.span,
            workflow: path,
            shapes: isLocalCall ? [] : starts.map { shape(job, path, $0, uses) },
            mayAskForToken: mayAsk && !isLocalCall,
            secrets: SecretUses(isLocalCall ? nil : job.node, variables: uses == nil ? job.workflow.root["env"] : nil),
            isCall: uses != nil
        )
    }

    private static func shape(_ job: WorkflowJob, _ path: String, _ start: Start, _ uses: String?) -> JobTokenShape {
        JobTokenShape(
            event: start.event.event,
            refs: start.event.refs,
            environment: uses.map(JobTokenShape.Environment.computed) ?? job.environment,
            workflow: start.file,
            called: uses ?? (start.isCalled ? path : nil),
            runner: uses == nil ? job.runner : nil
        )
    }

    // MARK: - Calls

    /// What starts each workflow, until calls add nothing more: a circle of calls adds nothing the second time.
    private static func starts(of workflows: [(path: String, workflow: Workflow)]) -> [String: [Start]] {
        var starts: [String: [Start]] = [:]
        for (path, workflow) in workflows {
            starts[path] = EventTokens.all(of: workflow).map {
                Start(event: $0, file: path, isCalled: false, mayAsk: true)
            }
        }
        var hasGrown = true
        while hasGrown {
            hasGrown = false
            for (path, workflow) in workflows {
                for job in workflow.jobs {
                    guard let target = job.node["uses"]?.text.flatMap(localPath), starts[target] != nil else {
                        continue
                    }
                    for start in starts[path] ?? [] {
                        let called = self.called(start, by: job)
                        guard starts[target]?.contains(called) == false else { continue }
                        starts[target]?.append(called)
                        hasGrown = true
                    }
                }
            }
        }
        return starts
    }

    /// A called workflow never has more permissions than the job that calls it.
    private static func called(_ start: Start, by job: WorkflowJob) -> Start {
        let permission = job.tokenPermission
        let mayAsk = start.isCalled ? start.mayAsk && permission != false : permission == true
        return Start(event: start.event, file: start.file, isCalled: true, mayAsk: mayAsk)
    }

    private static func localPath(_ uses: String) -> String? {
        uses.hasPrefix("./.github/workflows/") ? String(uses.dropFirst(2)) : nil
    }
}

extension WorkflowJob {
    /// Whether its own permissions or the workflow's let it ask for a token; nil where neither says anything.
    fileprivate var tokenPermission: Bool? {
        node["permissions"] == nil && workflow.root["permissions"] == nil ? nil : mayAskForToken
    }

    fileprivate var environment: JobTokenShape.Environment {
        guard let node = node["environment"], let name = node.text ?? node["name"]?.text, !name.isEmpty else {
            return .none
        }
        return name.contains("${{") ? .computed(name) : .named(name)
    }

    /// GitHub's own runners have names that it made; any other label may be anybody's.
    fileprivate var runner: String? {
        let labels = (node["runs-on"]?.texts ?? []).map(\.text)
        if labels.contains("self-hosted") { return "self-hosted" }
        guard let only = labels.first, labels.count == 1 else { return nil }
        return ["ubuntu-", "windows-", "macos-"].contains(where: only.hasPrefix) && only.hasSuffixOfImage
            ? "github-hosted" : nil
    }
}

extension String {
    /// Whether the text ends as the names of GitHub's images do: `-latest`, or a version.
    fileprivate var hasSuffixOfImage: Bool {
        let end = drop { $0 != "-" }.dropFirst()
        return end == "latest" || !end.isEmpty && end.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
    }
}
