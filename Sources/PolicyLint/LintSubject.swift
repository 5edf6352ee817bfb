package import Diagnostics
package import Policy
internal import PolicyAnalysis
internal import Secrets
internal import YAMLSyntax

/// What is looked at: a policy, as far as it could be read, and what of the repository stands beside it.
package struct LintSubject: Sendable {
    /// The policy's text.
    package let source: SourceText
    /// The policy's nodes, where it is YAML.
    let root: YAMLNode?
    /// The policy, where its reader takes it.
    package let policy: PolicyFile?
    /// What the reader has against it.
    let refusals: [Diagnostic]
    /// The repository around it.
    let repository: RepositoryView
    /// The time, in seconds since the Unix epoch.
    let now: Int64
    /// The workflows that can be read.
    let workflows: [Workflow]
    /// What is wrong with those that cannot.
    let workflowFaults: [Diagnostic]
    // What follows is asked for by many rules, and made once.
    /// The jobs that run inject.
    let injectJobs: [WorkflowJob]
    /// The grants of all environments, in the order of the file.
    let sites: [GrantSite]
    /// The grants that jobs use, and not only developers on their own machines.
    let jobSites: [GrantSite]
    /// The jobs as they run, those of called workflows too.
    let calls: WorkflowCalls
    /// The jobs that run inject, as they run.
    let injectRuns: [JobRun]
    /// The claims that the policy's own rules have conditions on.
    let claims: Set<String>
    /// What the grants can be used for; nil where the policy cannot be read, or cannot be analysed.
    let review: PolicyReview?
    /// Why the policy cannot be analysed.
    let limit: AnalysisError?
    /// The policy before, where somebody asks what is new.
    let base: PolicyFile?
    /// The policies of IAM, where the subject is a file of them.
    let iamDocuments: [IAMDocument]
    /// The statements of theirs that let GitHub's jobs in.
    let trusts: [GitHubTrust]

    /// What the roles of AWS would let in beyond the grants.
    let widenings: [CompiledWidening]

    /// Reads a policy; a refusal is a finding too.
    package init(policy source: SourceText, repository: RepositoryView = .empty, base: PolicyFile? = nil, now: Int64) {
        self.source = source
        self.repository = repository
        self.now = now
        iamDocuments = []
        trusts = []
        (workflows, workflowFaults) = Self.workflows(of: repository)
        injectJobs = workflows.flatMap(\.jobs).filter(\.runsInject)
        calls = WorkflowCalls(workflows)
        injectRuns = calls.injectRuns
        var (root, policy): (YAMLNode?, PolicyFile?)
        var refusals: [Diagnostic] = []
        do {
            let node = try YAMLReader.read(source)
            root = node
            policy = try PolicyFile.parse(node, of: source)
        } catch let list as DiagnosticList {
            refusals = list.diagnostics
        } catch let diagnostic as Diagnostic {
            refusals = [diagnostic]
        } catch {}
        (self.root, self.policy, self.refusals) = (root, policy, refusals)
        sites = policy.map(Self.sites) ?? []
        jobSites = sites.filter { !$0.environment.isLocal }
        widenings = policy.map(CompiledWidening.all) ?? []
        self.base = base
        claims = policy.map(LintQuestions.claims) ?? []
        (review, limit) = Self.review(of: policy, beside: injectRuns)
    }

    private static func workflows(of repository: RepositoryView) -> ([Workflow], [Diagnostic]) {
        var workflows: [Workflow] = []
        var faults: [Diagnostic] = []
        for (path, text) in repository.workflows {
            do {
                workflows.append(try Workflow(text, path: path))
            } catch {
                faults.append(error)
            }
        }
        return (workflows, faults)
    }

    private static func sites(of policy: PolicyFile) -> [GrantSite] {
        policy.environments.flatMap { environment in
            environment.grants.map { GrantSite(environment: environment, grant: $0) }
        }
    }

    private static func review(of policy: PolicyFile?, beside runs: [JobRun]) -> (PolicyReview?, AnalysisError?) {
        guard let policy else { return (nil, nil) }
        do {
            return (try PolicyReview(policy, asking: LintQuestions(about: policy, runs).conditions), nil)
        } catch {
            return (nil, error)
        }
    }

    /// Reads a file of policies of IAM.
    package init(iam source: SourceText, now: Int64) throws(Diagnostic) {
        iamDocuments = try IAMReader.documents(in: source)
        trusts = iamDocuments.flatMap(GitHubTrust.statements)
        self.source = source
        self.now = now
        repository = .empty
        (root, policy, refusals, workflows, widenings, claims) = (nil, nil, [], [], [], [])
        (injectRuns, injectJobs, workflowFaults, sites, jobSites) = ([], [], [], [], [])
        (calls, review, limit, base) = (WorkflowCalls([]), nil, nil, nil)
    }

    /// The environments, in the order of the file.
    var environments: [PolicyEnvironment] { policy?.environments ?? [] }

    /// The environments that jobs use, and not only developers on their own machines.
    var jobEnvironments: [PolicyEnvironment] { environments.filter { !$0.isLocal } }

    /// The grants of protected environments.
    var protectedSites: [GrantSite] { sites.filter(\.environment.isProtected) }

    /// The node of an environment.
    func node(of environment: PolicyEnvironment) -> YAMLNode? { root?["environments"]?[environment.name] }

    /// The node of a grant.
    func node(of site: GrantSite) -> YAMLNode? {
        node(of: site.environment)?["grants"]?.elements.first { $0["id"]?.text == site.grant.id }
    }

    /// The names of all secrets of the policy, each once, in order.
    var secretNames: [String] {
        Set((policy?.environments ?? []).flatMap { $0.secrets.map(\.name.text) }).sorted()
    }

    /// The variables that hold a secret or the path of one, by the names that the command sees.
    var variables: [String] {
        let deliveries = (policy?.environments ?? []).flatMap { $0.secrets.map(\.delivery) }
        return Set(deliveries.flatMap { [$0.variable?.text, $0.file?.pathVariable.text].compactMap(\.self) }).sorted()
    }
}
