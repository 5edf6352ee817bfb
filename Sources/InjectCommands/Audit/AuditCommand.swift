internal import ArgumentParser

/// `inject audit`: reads what a broker recorded.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Checks, shows and follows the audit log of a broker.",
        subcommands: [VerifyAuditCommand.self, ShowAuditCommand.self, TailAuditCommand.self]
    )
}
