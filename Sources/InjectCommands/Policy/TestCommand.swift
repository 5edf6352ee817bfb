internal import ArgumentParser
internal import Diagnostics
internal import Policy
internal import PolicyAnalysis

/// `inject test`: runs the policy's tests and proves its assertions.
struct TestCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "test",
        abstract: "Runs the policy's tests and proves its assertions for every token that can exist.",
        discussion: """
            A test is one token; an assertion is about all of them, as `inject model` lists them, and what contradicts \
            it is shown as a token. Exit code 0: everything holds; 1: something does not; 2: the file cannot be read; \
            3: a limit was hit, so that something is unknown.

              inject test
              inject test --format junit inject.yaml >inject.xml
            """
    )

    @Argument(help: ArgumentHelp("The policy file (INJECT_POLICY; default: inject.yaml).", valueName: "file"))
    var file: String?

    @Option(help: "How results are printed: text, json (one object a line) or junit.")
    var format: Format?

    /// How results are printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
        case junit
    }

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let format = try self.format ?? surroundings.environment.choice("INJECT_FORMAT") ?? .text
        let source = try PolicySource.load(file ?? surroundings.environment["INJECT_POLICY"])
        let checks = try PolicyCheck.all(of: source.policy, now: surroundings.now)
        if checks.isEmpty {
            surroundings.console.remark("inject: \(source.text.name): neither `tests` nor `assert`\n")
        }
        switch format {
        case .text: surroundings.console.output(PolicyCheckReport.text(checks))
        case .json: surroundings.console.output(PolicyCheckReport.json(checks))
        case .junit: surroundings.console.output(PolicyCheckReport.junit(checks, policy: source.text.name))
        }
        return Self.status(checks)
    }

    /// What does not hold is worse than what is unknown, and both are not success.
    private static func status(_ checks: [PolicyCheck]) -> ExitStatus {
        if checks.contains(where: { if case .failed = $0.outcome { true } else { false } }) { return .findings }
        return checks.allSatisfy(\.isPassed) ? .success : .unknown
    }
}
