internal import ArgumentParser

/// `inject audit show`: a log for people.
struct ShowAuditCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Prints the records of an audit log, a line each.",
        discussion: """
            Older parts of the log that lie beside it come first. A line that is no record is printed as such. `inject audit verify` says whether the log can be believed.

              inject audit show audit.jsonl --event secret.read --secret prod/DATABASE_URL
            """
    )

    @Argument(help: "The log; `-` is standard input.")
    var file: String

    @OptionGroup var filter: AuditFilter

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let console = surroundings.console
        let print = { (line: ArraySlice<UInt8>) in
            if let text = filter.text(of: Array(line)) { console.output(text) }
        }
        let input = try AuditInput(file)
        for part in input.older { _ = try input.lines(of: part, print) }
        _ = try input.lines(print)
        return .success
    }
}
