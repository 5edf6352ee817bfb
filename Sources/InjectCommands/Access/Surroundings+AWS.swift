internal import AWSClient
internal import HTTPTransport
internal import Secrets

extension Surroundings {
    /// The clock for signatures, and where waits are told.
    var aws: AWSConnection.Surroundings {
        let console = console
        return AWSConnection.Surroundings(
            now: Self.clock,
            onWait: { console.remark("inject: \($0.text)\n") }
        )
    }

    /// Where a developer's own credentials may be.
    func personal(_ http: any HTTPClient) -> CredentialSurroundings {
        let console = console
        return CredentialSurroundings(
            environment: .process,
            http: http,
            outside: aws,
            warn: { console.remark("inject: \($0)\n") },
            code: { TerminalPrompt.code("inject: code of \($0): ") }
        )
    }
}
