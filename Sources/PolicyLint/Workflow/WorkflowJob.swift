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
    var scripts: [YAMLNode] { steps.compactMap(Self.script) }

    /// The script of a step, or the one that it hands to the action that runs it.
    static func script(of step: YAMLNode) -> YAMLNode? {
        step["run"] ?? (isAction(step) ? step["with"]?["run"] : nil)
    }

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

    /// What its steps ask inject for.
    var injectCalls: [InjectCall] {
        steps.flatMap { step in
            (Self.isAction(step) ? [InjectCall(inputs: step["with"])] : [])
                + InjectCall.all(in: Self.script(of: step)?.text ?? "")
        }
    }

    /// Whether it runs inject with a token.
    var runsInject: Bool { !injectCalls.isEmpty }

    /// Whether a step is the action that runs a command; the ones beside it check a policy or install.
    private static func isAction(_ step: YAMLNode) -> Bool {
        guard let action = step["uses"]?.text?.split(separator: "@").first else { return false }
        return action.hasSuffix("/inject") || action.hasSuffix("/inject/action")
    }

    /// What it may do; a job's own permissions replace those of the workflow.
    var permissions: YAMLNode? { node["permissions"] ?? workflow.root["permissions"] }

    /// Whether it may ask for a token.
    var mayAskForToken: Bool {
        guard let permissions else { return false }
        return permissions.text == "write-all" || permissions["id-token"]?.text == "write"
    }
}
