import Foundation
import InjectTesting

/// A job on a machine like GitHub's runner: it runs the steps of an action with the runner's shells, flags, files and
/// variables.
///
/// Sources: actions/runner, `ScriptHandler.cs`, `CompositeActionHandler.cs`, `FileCommandManager.cs`; GitHub, "Metadata
/// syntax".
final class FakeRunner {
    /// Everything of the job: workspace, home, temporary files, tool cache, actions.
    let folder: TemporaryFolder
    /// Variables of the job, which earlier steps may have set.
    var environment: [String: String]
    /// Folders that earlier steps put before PATH.
    private(set) var paths: [String] = []
    /// What post steps are to run, the first last.
    private var posts: [(folder: String, script: String, state: [String: String])] = []
    private var count = 0

    /// What came of an action.
    struct Outcome {
        /// The exit code of the step that failed, or 0.
        var status: Int32 = 0
        /// What the log shows, of both streams.
        var log = ""
        var outputs: [String: String] = [:]
        var summary = ""
    }

    init() throws {
        folder = try TemporaryFolder()
        for name in ["workspace", "home", "temp", "tools", "actions/_actions/acme/inject/main"] {
            try folder.write("\(name)/.keep", "")
        }
        let own = folder.path("actions/_actions/acme/inject/main/action")
        try FileManager.default.copyItem(atPath: PackageFolder.root.appendingPathComponent("action").path, toPath: own)
        environment = [
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": folder.path("home"), "LC_ALL": "C.UTF-8", "CI": "true",
            "GITHUB_ACTIONS": "true", "GITHUB_WORKSPACE": folder.path("workspace"), "RUNNER_OS": "Linux",
            "RUNNER_ARCH": "X64", "RUNNER_TEMP": folder.path("temp"), "RUNNER_TOOL_CACHE": folder.path("tools"),
            "GITHUB_SERVER_URL": "https://github.com",
        ]
    }

    /// The folder in which the runner put the action.
    func actionFolder(_ name: String) -> String { folder.path("actions/_actions/acme/inject/main/\(name)") }

    /// Runs a composite action with inputs, as a step with `uses:` does.
    func run(_ name: String, _ inputs: [String: String], github: [String: String] = [:]) throws -> Outcome {
        let action = try ActionDefinition.read(name)
        let unknown = inputs.keys.filter { action.inputs?[$0] == nil }
        guard unknown.isEmpty, let steps = action.runs.steps else {
            throw ActionExpression.Unknown(text: unknown.joined(separator: ", "))
        }
        var values = github
        for (input, definition) in action.inputs ?? [:] {
            values["inputs.\(input)"] =
                try inputs[input] ?? ActionExpression(values: github).text(definition.default ?? "")
        }
        var outcome = Outcome()
        for step in steps {
            let expression = ActionExpression(values: values)
            let status = outcome.status
            guard try expression.runs(step.condition, afterFailure: status != 0) else { continue }
            let found = try perform(step, of: name, expression, &outcome)
            if status != 0 { outcome.status = status }
            for (output, value) in found { values["steps.\(step.id ?? "").outputs.\(output)"] = value }
        }
        outcome.outputs = try (action.outputs ?? [:]).mapValues { try ActionExpression(values: values).text($0.value) }
        return outcome
    }

    /// Ends the job: post steps run, the last action's first.
    func end() throws -> Outcome {
        var outcome = Outcome()
        for post in posts.reversed() {
            let state = Dictionary(uniqueKeysWithValues: post.state.map { ("STATE_\($0.key)", $0.value) })
            _ = try start(["/usr/bin/env", "node", "\(post.folder)/\(post.script)"], state, in: nil, &outcome)
        }
        return outcome
    }

    // MARK: - Steps

    private func perform(
        _ step: ActionDefinition.Step,
        of name: String,
        _ expression: ActionExpression,
        _ outcome: inout Outcome
    ) throws -> [String: String] {
        if let uses = step.uses { return try node(uses, step, expression, &outcome) }
        var variables = try (step.env ?? [:]).mapValues(expression.text)
        variables["GITHUB_ACTION_PATH"] = actionFolder(name)
        count += 1
        let script = try folder.write("temp/\(count).sh", try expression.text(step.run ?? ""))
        let words = (step.shell ?? "").split(separator: " ").map { $0 == "{0}" ? script : String($0) }
        let place = try step.folder.map { folder.path("workspace/" + (try expression.text($0))) }
        return try start(words, variables, in: place, &outcome)
    }

    /// An action of the same repository that is a program for node.
    private func node(
        _ uses: String,
        _ step: ActionDefinition.Step,
        _ expression: ActionExpression,
        _ outcome: inout Outcome
    ) throws -> [String: String] {
        guard uses.hasPrefix("$/") else { throw ActionExpression.Unknown(text: uses) }
        let name = String(uses.dropFirst(2))
        let action = try ActionDefinition.read(name)
        let inputs = try (step.with ?? [:]).map { ("INPUT_\($0.key.uppercased())", try expression.text($0.value)) }
        let script = "\(actionFolder(name))/\(action.runs.main ?? "")"
        _ = try start(["/usr/bin/env", "node", script], Dictionary(uniqueKeysWithValues: inputs), in: nil, &outcome)
        posts.append((actionFolder(name), action.runs.post ?? "", state))
        return [:]
    }

    private var state: [String: String] = [:]

    /// Starts a step's process, and reads what it wrote into the runner's files.
    private func start(
        _ words: [String],
        _ variables: [String: String],
        in place: String?,
        _ outcome: inout Outcome
    ) throws -> [String: String] {
        let names = ["GITHUB_ENV", "GITHUB_OUTPUT", "GITHUB_PATH", "GITHUB_STATE", "GITHUB_STEP_SUMMARY"]
        count += 1
        let files = Dictionary(uniqueKeysWithValues: names.map { ($0, folder.path("temp/\($0)_\(count)")) })
        for path in files.values { try "".write(toFile: path, atomically: true, encoding: .utf8) }
        var all = environment.merging(variables) { _, new in new }.merging(files) { _, new in new }
        all["PATH"] = (paths + [environment["PATH"] ?? ""]).joined(separator: ":")
        let runner = CommandRunner(
            executable: URL(fileURLWithPath: words[0]),
            in: URL(fileURLWithPath: place ?? folder.path("workspace")),
            environment: all
        )
        let result = try runner.run(Array(words.dropFirst()))
        outcome.status = result.status
        outcome.log += result.output + result.error
        let texts = try files.mapValues { try String(contentsOfFile: $0, encoding: .utf8) }
        for (name, value) in try StepFileGrammar.pairs(texts["GITHUB_ENV"] ?? "") { environment[name] = value }
        paths = (texts["GITHUB_PATH"] ?? "").split(separator: "\n").map(String.init).reversed() + paths
        outcome.summary += texts["GITHUB_STEP_SUMMARY"] ?? ""
        state = Dictionary(try StepFileGrammar.pairs(texts["GITHUB_STATE"] ?? "")) { $1 }
        return Dictionary(try StepFileGrammar.pairs(texts["GITHUB_OUTPUT"] ?? "")) { $1 }
    }
}
