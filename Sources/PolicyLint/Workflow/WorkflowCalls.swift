internal import Diagnostics
internal import YAMLSyntax

/// The jobs of a repository as they run: those of a workflow that is called run for whoever calls it.
///
/// GitHub connects ten levels of workflows, the first included, and no loops (docs.github.com, "Reuse workflows").
struct WorkflowCalls: Sendable {
    /// A call that GitHub does not follow.
    enum Fault {
        /// The workflow is already being called.
        case cycle(node: YAMLNode, path: [String])
        /// It is called from too many levels.
        case depth(node: YAMLNode)
        /// There is no such workflow.
        case missing(node: YAMLNode)
        /// There are more runs than anybody can look at.
        case budget(node: YAMLNode)
    }

    /// The most levels of workflows.
    static let maximumDepth = 10
    /// The most runs that are followed.
    static let maximumRuns = 2_000

    /// The jobs with steps of their own or of another repository's workflow.
    private(set) var runs: [JobRun] = []
    /// The calls that cannot be followed, each once.
    private(set) var faults: [Fault] = []
    private var known: Set<Int> = []
    private let workflows: [String: Workflow]
    private var left = maximumRuns

    /// The jobs that run inject.
    var injectRuns: [JobRun] { runs.filter { $0.job.call == nil && $0.job.runsInject } }

    init(_ workflows: [Workflow]) {
        self.workflows = Dictionary(workflows.map { ($0.path, $0) }) { first, _ in first }
        for workflow in workflows {
            // One that is only ever called has no token of its own.
            let isCalled = workflow.events.allSatisfy { $0 == "workflow_call" } && !workflow.events.isEmpty
            if !isCalled { follow(workflow, root: workflow, callers: []) }
        }
        // What calls itself may never be called by anybody else.
        for workflow in workflows where workflow.events.contains("workflow_call") {
            follow(workflow, root: nil, callers: [])
        }
    }

    /// Without a root nobody starts the workflow, and it is followed only to find its faults.
    private mutating func follow(_ workflow: Workflow, root: Workflow?, callers: [WorkflowJob]) {
        for job in workflow.jobs {
            guard left > 0 else { return report(.budget(node: job.node), job.node, workflow) }
            left -= 1
            if let call = job.call, let path = job.calledPath {
                follow(call, to: path, of: job, root: root, callers: callers)
            } else if let root {
                runs.append(JobRun(job: job, root: root, callers: callers))
            }
        }
    }

    private mutating func follow(
        _ call: YAMLNode, to path: String, of job: WorkflowJob, root: Workflow?, callers: [WorkflowJob]
    ) {
        guard let workflow = workflows[path] else { return report(.missing(node: call), call, job.workflow) }
        let chain = (callers + [job]).map(\.workflow.path)
        if let start = chain.firstIndex(of: path) {
            return report(.cycle(node: call, path: chain[start...] + [path]), call, job.workflow)
        }
        guard chain.count < Self.maximumDepth else { return report(.depth(node: call), call, job.workflow) }
        follow(workflow, root: root, callers: callers + [job])
    }

    private mutating func report(_ fault: Fault, _ node: YAMLNode, _ workflow: Workflow) {
        var hasher = Hasher()
        hasher.combine(workflow.path)
        hasher.combine(node.span.range)
        if known.insert(hasher.finalize()).inserted { faults.append(fault) }
    }
}
