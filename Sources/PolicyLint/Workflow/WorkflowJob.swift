internal import Diagnostics
internal import YAMLSyntax

/// One job of a workflow.
struct WorkflowJob {
    let id: String
    /// Where the id stands.
    let span: SourceSpan
    let node: YAMLNode
    let workflow: Workflow

    /// Its steps, in the order of the file.
    var steps: [YAMLNode] { node["steps"]?.elements ?? [] }

    /// Its scripts.
    var scripts: [YAMLNode] { steps.compactMap { $0["run"] } }

    /// The actions and workflows it uses.
    var uses: [YAMLNode] { steps.compactMap { $0["uses"] } + [node["uses"]].compactMap { $0 } }

    /// Whether it runs inject with a token.
    var runsInject: Bool {
        scripts.contains { Self.runsInject($0.text ?? "") } || uses.contains { Self.isAction($0.text ?? "") }
    }

    /// The action that runs a command; the ones beside it check a policy or install.
    private static func isAction(_ uses: String) -> Bool {
        guard let action = uses.split(separator: "@").first else { return false }
        return action.hasSuffix("/inject") || action.hasSuffix("/inject/action")
    }

    /// Whether it may ask for a token; a job's own permissions replace those of the workflow.
    var mayAskForToken: Bool {
        guard let permissions = node["permissions"] ?? workflow.root["permissions"] else { return false }
        return permissions.text == "write-all" || permissions["id-token"]?.text == "write"
    }

    /// Commands that need no token of the job.
    private static let offline: Set<String> = ["lint", "init", "mask", "secrets", "--help", "--version", "explain"]

    private static func runsInject(_ script: String) -> Bool {
        script.split(whereSeparator: { $0.isNewline || ";&|".contains($0) }).contains { command in
            let words = command.split(separator: " ").drop { $0 == "exec" || $0 == "sudo" || $0.contains("=") }
            guard let program = words.first, program == "inject" || program.hasSuffix("/inject") else { return false }
            return !(words.dropFirst().first.map { offline.contains(String($0)) } ?? false)
        }
    }
}
