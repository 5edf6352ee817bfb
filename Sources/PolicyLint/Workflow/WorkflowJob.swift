internal import Diagnostics
internal import YAMLSyntax

/// One job of a workflow.
struct WorkflowJob: Sendable {
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

    /// The workflow it calls, in the place of steps.
    var call: YAMLNode? { node["uses"] }

    /// The path of a called workflow of the same repository.
    var calledPath: String? {
        guard let text = call?.text, text.hasPrefix("./") else { return nil }
        return String(text.dropFirst(2))
    }

    /// The name of its environment, as it is written.
    var environmentNode: YAMLNode? {
        guard let node = node["environment"] else { return nil }
        return node.pairs.isEmpty ? node : node["name"]
    }

    /// The environment that its tokens name.
    var environment: JobTokenShape.Environment {
        guard let name = environmentNode?.text, !name.isEmpty else {
            return environmentNode.map { _ in .computed("") } ?? .none
        }
        return name.contains("${{") ? .computed(name) : .named(name)
    }

    /// Where it runs, where its labels say so: GitHub's own machines have names that it made, and any other may be
    /// anybody's.
    var runner: String? {
        let labels = (node["runs-on"]?.texts ?? []).map(\.text)
        if labels.contains("self-hosted") { return "self-hosted" }
        guard let only = labels.first, labels.count == 1, let dash = only.firstIndex(of: "-") else { return nil }
        let version = only[only.index(after: dash)...]
        let isVersion =
            version == "latest"
            || !version.isEmpty && version.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2E }
        return ["ubuntu", "windows", "macos"].contains(only[..<dash]) && isVersion ? "github-hosted" : nil
    }

    /// What its scripts ask inject for.
    var injectCalls: [InjectCall] { scripts.flatMap { Self.calls(in: $0.text ?? "") } }

    /// Whether it runs inject with a token.
    var runsInject: Bool {
        scripts.contains { !Self.calls(in: $0.text ?? "").isEmpty } || uses.contains { Self.isAction($0.text ?? "") }
    }

    /// The action that runs a command; the ones beside it check a policy or install.
    private static func isAction(_ uses: String) -> Bool {
        guard let action = uses.split(separator: "@").first else { return false }
        return action.hasSuffix("/inject") || action.hasSuffix("/inject/action")
    }

    /// What it may do; a job's own permissions replace those of the workflow.
    var permissions: YAMLNode? { node["permissions"] ?? workflow.root["permissions"] }

    /// Whether it may ask for a token.
    var mayAskForToken: Bool {
        guard let permissions else { return false }
        return permissions.text == "write-all" || permissions["id-token"]?.text == "write"
    }

    /// Commands that need no token of the job.
    private static let offline: Set<String> = [
        "lint", "init", "mask", "secrets", "--help", "--version", "explain", "test", "diff", "compile", "model",
    ]

    /// What the commands of a script ask inject for.
    static func calls(in script: String) -> [InjectCall] {
        script.split(whereSeparator: { $0.isNewline || ";&|".contains($0) }).compactMap { command in
            let words = command.split(separator: " ").drop { $0 == "exec" || $0 == "sudo" || $0.contains("=") }
            guard let program = words.first, program == "inject" || program.hasSuffix("/inject") else { return nil }
            guard !(words.dropFirst().first.map { offline.contains(String($0)) } ?? false) else { return nil }
            return InjectCall(Array(words.dropFirst()))
        }
    }
}
