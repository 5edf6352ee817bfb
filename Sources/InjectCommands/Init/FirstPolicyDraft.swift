internal import Policy
internal import PolicyLint
internal import Secrets

/// Makes a first policy out of what the jobs of a repository read today.
///
/// Whatever is in doubt is left out and asked about: the first policy never lets in more than today's workflows do, and
/// never a pull request.
struct FirstPolicyDraft {
    private(set) var policy = FirstPolicy()
    private var unread: [(secret: String, event: String, job: String)] = []

    /// Events that only people with write access start, and that run what was merged.
    private static let granted = ["push", "schedule", "workflow_dispatch", "release", "repository_dispatch"]

    init(_ facts: RepositoryFacts, _ jobs: [JobTokens], localNames: [String]?, ignored: [String]) {
        policy.repository = facts.slug
        policy.repositoryID = facts.id
        let branch = facts.branch.flatMap { Self.isLiteral("refs/heads/" + $0, "ref") ? $0 : nil }
        policy.branch = branch ?? "main"
        for job in jobs { add(job) }
        policy.environments.removeAll(where: \.grants.isEmpty)
        askAboutUnread()
        var ids: [String] = []
        for index in policy.environments.indices {
            Self.deliver(&policy.environments[index].secrets)
            name(&policy.environments[index], &ids)
        }
        let delivered = policy.environments.flatMap { $0.secrets.map { $0.variable ?? $0.name } }
        addLocal(localNames ?? delivered, ignored, areFromExample: localNames != nil)
        addQuestions(hasBranch: branch != nil)
    }

    // MARK: - Jobs

    private mutating func add(_ job: JobTokens) {
        let place = "\(job.id) in \(Self.file(job.workflow))"
        if job.secrets.takesAll {
            policy.questions.append("which secrets does job \(place) need? It takes all that there are.")
        }
        let names = job.secrets.names.filter { SecretName($0) != nil }
        guard !names.isEmpty else { return }
        for shape in job.shapes {
            switch shape.environment {
            case .none: add(names, job, shape, environment: nil)
            case .named(let name) where Self.isLiteral(name, "environment"): add(names, job, shape, environment: name)
            case .named(let text), .computed(let text):
                let list = names.joined(separator: ", ")
                ask(
                    job.isCall
                        ? "who reads \(list)? Job \(place) hands them to \(text), which cannot be seen from here."
                        : "which environments can job \(place) have? It says `\(text)`, and reads \(list)."
                )
            }
        }
    }

    /// Whether a claim's value can be written as a pattern that matches it alone.
    private static func isLiteral(_ value: String, _ claim: String) -> Bool {
        (try? Glob(value, claim: claim))?.isLiteral ?? false
    }

    private mutating func add(
        _ names: [String], _ job: JobTokens, _ shape: JobTokenShape, environment: String?
    ) {
        let place = "\(job.id) in \(Self.file(job.workflow))"
        guard Self.granted.contains(shape.event) else {
            unread += names.map { ($0, shape.event, place) }
            return
        }
        let (refs, question) = FirstRefs.narrowed(shape.refs, event: shape.event, branch: policy.branch)
        let index = self.index(of: environment)
        let isKnown = policy.repository.map { Self.isLiteral("\($0)/\(shape.workflow)", "workflow_ref") } ?? false
        let workflow = isKnown ? shape.workflow : nil
        var grants = policy.environments[index].grants
        let found = grants.firstIndex { $0.refs == refs && $0.workflow == workflow }
        let number = found ?? grants.count
        if found == nil {
            grants.append(.init(id: Self.stem(shape.workflow), events: [], refs: refs, workflow: workflow))
        }
        Self.append(shape.event, to: &grants[number].events)
        Self.append(place, to: &grants[number].jobs)
        if let question { Self.append(question, to: &grants[number].questions) }
        for name in names { Self.append(name, to: &grants[number].read) }
        policy.environments[index].grants = grants
        for name in names { add(name, variable: job.secrets.variables[name], to: index) }
    }

    private mutating func index(of environment: String?) -> Int {
        if let index = policy.environments.firstIndex(where: { $0.jobEnvironment == environment }) { return index }
        let name = Self.unused(Self.plain(environment ?? "ci"), among: policy.environments.map(\.name))
        policy.environments.append(.init(name: name, jobEnvironment: environment))
        return policy.environments.count - 1
    }

    private mutating func add(_ name: String, variable: String?, to index: Int) {
        let environment = policy.environments[index]
        guard !environment.secrets.contains(where: { $0.name == name }) else { return }
        let project = policy.repository.flatMap { $0.split(separator: "/").last.map(String.init) } ?? "app"
        let from = "aws-sm:\(project)/\(environment.name)/\(name)"
        policy.environments[index].secrets.append(.init(name: name, from: from, variable: variable))
    }

    // MARK: - What comes after

    /// Two secrets in one variable, and a variable that makes programs run code, have to go elsewhere.
    private static func deliver(_ secrets: inout [FirstPolicy.Secret]) {
        var taken = Set(secrets.map(\.name))
        for index in secrets.indices {
            let name = secrets[index].name
            let wanted = secrets[index].variable.flatMap { SecretName($0) }
            let isFree = wanted.map { !$0.isDangerous && !taken.contains($0.text) } ?? false
            secrets[index].variable = isFree ? wanted?.text : nil
            if !isFree, SecretName(name)?.isDangerous == true {
                secrets[index].variable = unused("SECRET_" + name, among: Array(taken), separator: "_")
            }
            if let variable = secrets[index].variable { taken.insert(variable) }
        }
    }

    private func name(_ environment: inout FirstPolicy.Environment, _ ids: inout [String]) {
        for index in environment.grants.indices {
            let parts = [environment.grants[index].id, environment.jobEnvironment.map(Self.plain)]
            let id = Self.unused(parts.compactMap(\.self).joined(separator: "-"), among: ids)
            environment.grants[index].id = id
            ids.append(id)
        }
    }

    /// Secrets that jobs read for pull requests and other people's events: today they may, by this policy not yet.
    private mutating func askAboutUnread() {
        var events: [String: (secrets: [String], jobs: [String])] = [:]
        for (secret, event, job) in unread {
            Self.append(secret, to: &events[event, default: ([], [])].secrets)
            Self.append(job, to: &events[event, default: ([], [])].jobs)
        }
        for (event, uses) in events.sorted(by: { $0.key < $1.key }) {
            let secrets = uses.secrets.joined(separator: ", ")
            ask(
                "may \(event) read \(secrets)? Today it does, in \(uses.jobs.joined(separator: ", ")). No grant lets it."
            )
        }
    }

    private mutating func addLocal(_ names: [String], _ ignored: [String], areFromExample: Bool) {
        policy.localFile = [".env.local", ".env"].first(where: ignored.contains) ?? ".env.local"
        var local = FirstPolicy.Environment(
            name: Self.unused("dev", among: policy.environments.map(\.name)), jobEnvironment: nil)
        for name in names where !local.secrets.contains(where: { $0.name == name }) {
            guard let checked = SecretName(name), !checked.isDangerous else { continue }
            local.secrets.append(.init(name: name, from: "dotenv:\(policy.localFile)"))
        }
        if areFromExample { local.questions.append("which of these are no secrets? Remove them.") }
        policy.local = local
    }

    private mutating func addQuestions(hasBranch: Bool) {
        if !hasBranch, !policy.environments.isEmpty {
            ask("is `main` the branch that is deployed? Git does not say, and the grants below assume it.")
        }
    }

    private mutating func ask(_ question: String) { Self.append(question, to: &policy.questions) }
}
