internal import ArgumentParser
internal import Audit
internal import Diagnostics
internal import Glibc

/// `inject audit tail`: the end of a log, and what comes to it.
struct TailAuditCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "tail",
        abstract: "Prints the last records of an audit log, and follows it.",
        discussion: """
            With --follow it prints what is recorded from then on, also where the log goes on in a new file, until it is \
            interrupted.

              inject audit tail --follow --event token.refused /var/lib/inject-broker/audit.jsonl
            """
    )

    private static let milliseconds: Int32 = 200

    @Argument(help: "The log.")
    var file: String

    @Option(name: [.customShort("n"), .long], help: "How many records of the log's current file are printed first.")
    var lines = 10

    @Flag(name: .shortAndLong, help: "Go on with what is recorded.")
    var follow = false

    @OptionGroup var filter: AuditFilter

    func validate() throws {
        guard lines >= 0 else { throw ValidationError("a number of lines is 0 or more") }
    }

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let console = surroundings.console
        do throws(AuditError) {
            var follower = try AuditFollower(file)
            for text in try follower.newLines().compactMap(filter.text).suffix(lines) { console.output(text) }
            while follow {
                _ = poll(nil, 0, Self.milliseconds)
                for line in try follower.newLines() {
                    if let text = filter.text(of: line) { console.output(text) }
                }
            }
        } catch {
            throw error.diagnostic(of: file)
        }
        return .success
    }
}
