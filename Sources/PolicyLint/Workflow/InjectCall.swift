internal import YAMLSyntax

/// What a command of a script, or a step with the action, asks inject for.
struct InjectCall {
    /// The environment that is named.
    let environment: String?
    /// The secrets that are named; empty for all that are granted.
    let names: [String]

    /// Reads the words behind the program.
    init(_ words: [String]) {
        var values: [String: String] = [:]
        var rest = words.prefix { $0 != "--" }[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = Self.options[parts[0]] else { continue }
            let value = parts.count == 2 ? parts[1] : rest.popFirst()
            values[name] = value
        }
        self.init(environment: values["environment"], only: values["only"])
    }

    /// Reads the inputs of the action.
    init(inputs: YAMLNode?) {
        let environment = inputs?["environment"]?.text ?? ""
        self.init(environment: environment.isEmpty ? nil : environment, only: inputs?["secrets"]?.text)
    }

    /// What is only known when the job runs is not named.
    private init(environment: String?, only: String?) {
        self.environment = environment.flatMap { $0.contains("$") ? nil : $0 }
        let list = only.flatMap { $0.contains("$") ? nil : $0 } ?? ""
        names = list.split { $0 == "," || $0.isWhitespace }.map(String.init)
    }

    private static let options = [
        "--environment": "environment", "-e": "environment", "--only": "only",
    ]
}
