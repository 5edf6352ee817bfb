internal import ArgumentParser

/// `inject token`: makes, gets and verifies OIDC tokens.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token",
        abstract: "Makes a fake token, requests the job's, or verifies one.",
        subcommands: [FakeTokenCommand.self, RequestTokenCommand.self, VerifyTokenCommand.self]
    )
}
