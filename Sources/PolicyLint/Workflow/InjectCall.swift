/// What a line of a script asks inject for.
struct InjectCall {
    /// The environment that is named.
    let environment: String?
    /// The secrets that are named; empty for all that are granted.
    let names: [String]

    /// Reads the words behind the program.
    init(_ words: [Substring]) {
        var values: [String: String] = [:]
        var rest = words.prefix { $0 != "--" }[...]
        while let word = rest.popFirst() {
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard let name = Self.options[parts[0]] else { continue }
            let value = parts.count == 2 ? parts[1] : rest.popFirst().map(String.init)
            values[name] = value.map { $0.filter { !"\"'".contains($0) } }
        }
        environment = values["environment"].flatMap { $0.contains("$") ? nil : $0 }
        let only = values["only"].flatMap { $0.contains("$") ? nil : $0 }
        names = (only ?? "").split(separator: ",").map(String.init)
    }

    private static let options = [
        "--environment": "environment", "-e": "environment", "--only": "only",
    ]
}
