import Foundation
import InjectTesting
import Testing

@Suite("The actions' files")
struct ActionFilesTests {
    static let actions = ["action", "action/setup", "action/lint", "action/cleanup"]

    @Test("are what GitHub's schema wants")
    func schema() throws {
        let runner = CommandRunner(executable: try Python.program("check-jsonschema"), in: PackageFolder.root)
        let files = Self.actions.map { $0 + "/action.yml" }
        let result = try runner.run(["--builtin-schema", "vendor.github-actions"] + files)
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("have nothing that zizmor finds")
    func zizmor() throws {
        let runner = CommandRunner(executable: try Python.program("zizmor"), in: PackageFolder.root)
        let result = try runner.run([
            "--offline", "--no-progress", "--persona", "pedantic", "--format", "plain", "action",
        ])
        #expect(result.status == 0, "\(result.output)")
    }

    @Test("hand each input on through a variable, and none into a script", arguments: actions.dropLast())
    func inputs(name: String) throws {
        let action = try ActionDefinition.read(name)
        let steps = action.runs.steps ?? []
        #expect(steps.allSatisfy { !($0.run ?? "").contains("${{") })
        let used = steps.flatMap { step in (step.env ?? [:]).map { ($0.key, $0.value) } + [("", step.folder ?? "")] }
        for input in (action.inputs ?? [:]).keys {
            let variable = "INPUT_" + input.uppercased().replacing("-", with: "_")
            let isVariable = used.contains { $0.0 == variable && $0.1 == "${{ inputs.\(input) }}" }
            let isFolder = used.contains { $0.1 == "${{ inputs.\(input) }}" && input == "working-directory" }
            #expect(isVariable || isFolder, "\(input)")
        }
    }

    @Test("take every variable of the step back from the command")
    func variables() throws {
        let script = try PackageFolder.text(of: "action/run.sh")
        let step = try ActionDefinition.read("action").runs.steps?.first { $0.id == "run" }
        let unset = script.split(separator: "unset INPUT_PROGRAM").last ?? ""
        for name in (step?.env ?? [:]).keys where name.hasPrefix("INPUT_") && name != "INPUT_PROGRAM" {
            #expect(unset.contains(" \(name)"), "\(name)")
        }
    }
}
