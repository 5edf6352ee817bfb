internal import ArgumentParser
internal import Diagnostics
internal import Policy

/// `inject lint`: reports every syntax and schema error of a policy, with carets.
struct LintCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Checks the policy file and points at every mistake.",
        discussion: """
            Findings go to standard output. Exit code 0: none; 1: findings; 2: the file cannot be read.

              inject lint
              inject lint --format github inject.yaml    annotations beside the lines of a pull request
              inject lint --format json | jq .id
            """
    )

    @Argument(help: ArgumentHelp("The policy files (INJECT_POLICY; default: inject.yaml).", valueName: "file"))
    var files: [String] = []

    @Option(help: "How findings are printed: text, json (one object a line) or github.")
    var format: Format?

    /// How findings are printed.
    enum Format: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
        case github
    }

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let format = try self.format ?? surroundings.environment.choice("INJECT_FORMAT") ?? .text
        let paths = files.isEmpty ? [surroundings.environment["INJECT_POLICY"] ?? PolicySource.found()] : files
        var status = ExitStatus.success
        for path in paths {
            let text = try PolicySource.read(path)
            let findings = Self.findings(in: text)
            for finding in findings { surroundings.console.output(Self.rendered(finding, format)) }
            guard findings.isEmpty else {
                status = .findings
                continue
            }
            surroundings.console.remark("inject: \(path): no findings\n")
        }
        return status
    }

    private static func findings(in text: SourceText) -> [Diagnostic] {
        do {
            _ = try PolicyFile.parse(text)
            return []
        } catch {
            return error.diagnostics
        }
    }

    private static func rendered(_ finding: Diagnostic, _ format: Format) -> String {
        switch format {
        case .text: finding.text + "\n"
        case .json: DiagnosticJSON.line(finding)
        case .github: finding.githubAnnotation
        }
    }
}
