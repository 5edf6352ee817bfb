internal import ArgumentParser
internal import Diagnostics
internal import Policy
internal import PolicyAnalysis
internal import PolicyLint

/// `inject diff`: who gains and who loses which secret between two policies.
struct DiffCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "diff",
        abstract: "Says who gains and who loses which secret between two policies, each with a token.",
        discussion: """
            Each side is a file or a git revision. The order of rules and words that change nothing are no change. \
            Each change names the jobs of the workflows beside the head whose tokens it is about. \
            Exit code 0: nobody gains a secret of a protected environment; 1: somebody does; 2: a side cannot be \
            read; 3: a limit was hit, so that the answer is unknown.

              inject diff origin/main
              inject diff v1.0 v1.1 --format json
              inject diff --format markdown origin/main >comment.md
            """
    )

    @Argument(help: ArgumentHelp("The policy before: a file or a git revision.", valueName: "base"))
    var base: String

    @Argument(help: ArgumentHelp("The policy after (default: the file in the working tree).", valueName: "head"))
    var head: String?

    @Option(name: [.long, .customShort("p")], help: "The policy file (INJECT_POLICY; default: inject.yaml).")
    var policy: String?

    @Option(help: "How changes are printed: text, markdown, json (one object a line) or github.")
    var format: Format?

    /// How changes are printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case markdown
        case json
        case github
    }

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let format = try self.format ?? surroundings.environment.choice("INJECT_FORMAT") ?? .text
        let path = policy ?? surroundings.environment["INJECT_POLICY"] ?? PolicySource.found()
        let after = try head.map { try PolicyRevision.policy($0, path) } ?? PolicySource.load(path).policy
        guard let after else {
            throw Diagnostic(.policyMissing, "`\(head ?? path)` has no policy", [.help("name a later revision")])
        }
        let before = try PolicyRevision.policy(base, path)
        if before == nil {
            surroundings.console.remark("inject: `\(base)` has no \(path): everything is gained\n")
        }
        let jobs = AffectedJobs(try workflows(path), after)
        let found = try changes(before, after, jobs.groups)
        let report = AccessChangeReport(changes: found, policy: after, jobs: jobs)
        switch format {
        case .text: surroundings.console.output(report.text)
        case .markdown: surroundings.console.output(report.markdown)
        case .json: surroundings.console.output(report.json)
        case .github: surroundings.console.output(report.annotations)
        }
        return report.changes.contains(where: \.isAlarming) ? .findings : .success
    }

    /// The repository at the head: a revision's, or the one around the file.
    private func workflows(_ path: String) throws -> RepositoryView {
        guard let head, !InputFile.exists(head) else { return RepositoryReader.view(around: head ?? path) }
        return try GitRepositoryReader.view(around: path, at: head)
    }

    private func changes(_ before: PolicyFile?, _ after: PolicyFile, _ groups: [TokenGroup]) throws -> [AccessChange] {
        do {
            return try PolicyDifference(from: before, to: after, groups: groups).changes
        } catch {
            guard case .unknown = error else { throw error.diagnostic }
            throw CommandFailure(diagnostic: error.diagnostic, status: .unknown)
        }
    }
}
