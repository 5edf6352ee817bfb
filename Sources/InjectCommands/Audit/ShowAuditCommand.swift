internal import ArgumentParser

/// `inject audit show`: a log for people.
struct ShowAuditCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints the records of an audit log, a line each.",
        discussion: """
            A line that is no record is printed as such. `inject audit verify` says whether the log can be believed.

              inject audit show audit.jsonl --event secret.read --secret prod/DATABASE_URL
            """
    )

    @Argument(help: "The log; `-` is standard input.")
    var file: String

    @Option(help: "Only events of this kind, such as secret.read.")
    var event: String?

    @Option(help: "Only records about this secret, ENVIRONMENT/NAME.")
    var secret: String?

    @Option(help: "Only records about this repository, by its id.")
    var repositoryId: String?

    @Option(help: "How to print them; json is the log's own lines.")
    var format = OutputFormat.text

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let console = surroundings.console
        _ = try AuditInput.lines(of: file) { line in
            let record = ShownRecord(Array(line))
            guard isWanted(record) else { return }
            console.output(format == .json ? String(decoding: line, as: UTF8.self) + "\n" : record.text + "\n")
        }
        return .success
    }

    private func isWanted(_ record: ShownRecord) -> Bool {
        (event == nil || record["event"] == event)
            && (secret == nil || record.secret == secret)
            && (repositoryId == nil || record["actor", "repository_id"] == repositoryId)
    }
}
