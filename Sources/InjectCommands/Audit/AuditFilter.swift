internal import ArgumentParser

/// Which records of a log are printed, and how.
struct AuditFilter: ParsableArguments {
    @Option(help: "Only events of this kind, such as secret.read.")
    var event: String?

    @Option(help: "Only records about this secret, ENVIRONMENT/NAME.")
    var secret: String?

    @Option(help: "Only records about this repository, by its id.")
    var repositoryId: String?

    @Option(help: "How to print them; json is the log's own lines.")
    var format = OutputFormat.text

    /// What to print of a line, with its line break; nil where it is not wanted.
    func text(of line: [UInt8]) -> String? {
        let record = ShownRecord(line)
        let isWanted =
            (event == nil || record["event"] == event) && (secret.map(record.isAbout) ?? true)
            && (repositoryId == nil || record["actor", "repository_id"] == repositoryId)
        guard isWanted else { return nil }
        return (format == .json ? String(decoding: line, as: UTF8.self) : record.text) + "\n"
    }
}
