/// Writes a first policy down; every question is a comment that begins with `question:`.
struct FirstPolicyText {
    let policy: FirstPolicy
    var lines: [String] = []

    init(_ policy: FirstPolicy) {
        self.policy = policy
        addHead()
        lines += ["", "environments:"]
        if let local = policy.local { addLocal(local) }
        for environment in policy.environments { addEnvironment(environment) }
        addRules()
        addUndecided()
    }

    /// The file.
    var text: String { lines.joined(separator: "\n") + "\n" }

    /// How many questions there are.
    var questions: Int { lines.count { $0.contains("question: ") } }

    // MARK: - Parts

    private mutating func addHead() {
        lines += [
            "# Which job may read which secret. Written by `inject init` from what the workflows read today; it lets in less",
            "# than they do, and no pull request. What nobody but you can know is asked in a comment: answer it, and remove it.",
            "# `inject lint` checks this file, `inject test` proves what it asserts, `inject plan` says what a job would get.",
            "version: \"1\"",
        ]
        if let repository = policy.repository {
            lines.append("repository: \(YAMLText.scalar(repository))")
        } else {
            ask("which repository is this? Git knows of none on GitHub; until it is named, no job's token matches.", 0)
            lines.append("repository: OWNER/NAME")
        }
        if let id = policy.repositoryID {
            lines.append("repository_id: \"\(id)\"  # survives a rename")
        } else {
            let name = policy.repository ?? "OWNER/NAME"
            ask("what is its number, which survives a rename? `gh api repos/\(name) --jq .id` prints it.", 0)
            lines.append("# repository_id: \"NUMBER\"")
        }
        if !policy.environments.isEmpty {
            let help = "The names below are proposals; `aws-ssm:/PATH` and `encrypted:FILE#KEY` will do, too."
            ask("where do the values live from now on? " + help, 0)
        }
        for question in policy.questions { ask(question, 0) }
    }

    private mutating func addLocal(_ local: FirstPolicy.Environment) {
        lines += [
            "  # A developer's machine; the values are in \(policy.localFile), which git must not have.",
            "  \(local.name):", "    local: \"true\"",
        ]
        guard !local.secrets.isEmpty else {
            ask(
                "which secrets does a developer need? For example:  API_KEY: { from: \"dotenv:\(policy.localFile)\" }",
                4)
            lines.append("    secrets: {}")
            return
        }
        for question in local.questions { ask(question, 4) }
        addSecrets(local.secrets)
        lines += ["    grants:", "      - id: \(Self.localID)", "        when: { event_name: local }"]
        lines.append("        read: \(YAMLText.list(local.secrets.map(\.name)))")
    }

    private mutating func addEnvironment(_ environment: FirstPolicy.Environment) {
        let jobs =
            environment.jobEnvironment.map { "Jobs with `environment: \($0)`." } ?? "Jobs without an environment."
        lines += ["", "  # \(Self.comment(jobs))", "  \(YAMLText.scalar(environment.name)):"]
        ask("would a mistake here cost more than time? Then it is protected, which needs `repository_id`.", 4)
        lines.append("    # protected: \"true\"")
        ask("which role of AWS reads these? `inject compile aws-iam` writes it; until then no job can fetch them.", 4)
        lines += [
            "    # exchange:",
            "    #   aws: { role: \"arn:aws:iam::ACCOUNT:role/inject-\(environment.name)\", region: REGION }",
        ]
        if environment.jobEnvironment == nil {
            ask("should these jobs have an `environment:`? One can have reviewers, and pins who reads them.", 4)
        }
        addSecrets(environment.secrets)
        lines.append("    grants:")
        for grant in environment.grants { addGrant(grant, environment) }
    }

    private mutating func addSecrets(_ secrets: [FirstPolicy.Secret]) {
        lines.append("    secrets:")
        for secret in secrets {
            let variable = secret.variable.map { ", env: \(YAMLText.scalar($0))" } ?? ""
            lines.append("      \(YAMLText.scalar(secret.name)): { from: \(YAMLText.quoted(secret.from))\(variable) }")
        }
    }

    private mutating func addGrant(_ grant: FirstPolicy.Grant, _ environment: FirstPolicy.Environment) {
        lines.append("      - id: \(YAMLText.scalar(grant.id))  # \(Self.comment(grant.jobs.joined(separator: ", ")))")
        for question in grant.questions { ask(question, 8) }
        lines.append("        when:")
        for (claim, values) in conditions(grant, environment) {
            let line = "          \(claim): \(YAMLText.list(values))"
            if line.utf8.count <= Self.width {
                lines.append(line)
            } else {
                lines.append("          \(claim):")
                lines += values.map { "            - \(YAMLText.scalar($0))" }
            }
        }
        lines.append("        read: \(YAMLText.list(grant.read))")
    }

    func conditions(
        _ grant: FirstPolicy.Grant,
        _ environment: FirstPolicy.Environment
    ) -> [(claim: String, values: [String])] {
        var conditions = [("event_name", grant.events), ("ref", grant.refs)]
        if let name = environment.jobEnvironment { conditions.append(("environment", [name])) }
        if let repository = policy.repository, let workflow = grant.workflow {
            conditions.append(("workflow_ref", grant.refs.map { "\(repository)/\(workflow)@\($0)" }))
        }
        return conditions
    }

    // MARK: - Words

    static let localID = "everyone-locally"
    private static let width = 118

    private mutating func ask(_ question: String, _ indentation: Int) {
        let start = String(repeating: " ", count: indentation) + "# "
        var line = start + "question:"
        for word in Self.comment(question).split(separator: " ") {
            if line.utf8.count + word.utf8.count >= Self.width {
                lines.append(line)
                line = start + " "
            }
            line += " " + word
        }
        lines.append(line)
    }

    /// Text that cannot end a comment, or be one that silences a rule.
    static func comment(_ text: String) -> String {
        let scalars = text.unicodeScalars.map { (0x20...0x7E).contains($0.value) ? $0 : "?" }
        return String(String.UnicodeScalarView(scalars)).replacing("# inject", with: "inject")
    }
}
