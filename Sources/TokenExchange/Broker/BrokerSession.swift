package import Diagnostics
package import Secrets

/// One token of a broker, from the exchange to its revocation.
///
/// It is revoked as soon as the values are there, and whatever goes wrong after the exchange: no command ever runs beside
/// a token that could fetch again, and no way in which a command or inject ends has to be thought of.
package struct BrokerSession: Sendable {
    /// What a session brought.
    package struct Harvest: Sendable {
        /// The token, revoked or about to end; masked all the same.
        package let token: BrokerToken
        /// The secrets, in the order of the question.
        package let secrets: [BrokerSecret]
    }

    private let client: BrokerClient
    private let onUnrevoked: @Sendable (Diagnostic) -> Void

    /// A session with a broker; `onUnrevoked` is told where the token could not be revoked, which fails nothing.
    package init(_ client: BrokerClient, onUnrevoked: @escaping @Sendable (Diagnostic) -> Void) {
        self.client = client
        self.onUnrevoked = onUnrevoked
    }

    /// Exchanges a job's token, fetches and revokes.
    ///
    /// Without a scope the broker grants whatever it may, in an environment if one is named; `choose` says which of it is fetched. Where the task is
    /// cancelled it still revokes, in a few seconds.
    package func fetch(
        with token: SecretBytes,
        scope: [SecretPath],
        in environment: String? = nil,
        choosing choose: @Sendable ([SecretPath]) throws -> [SecretPath]
    ) async throws -> Harvest {
        try Task.checkCancellation()
        let token = try await client.exchange(token, for: scope, in: environment)
        let secrets: Result<[BrokerSecret], any Error>
        do {
            try Task.checkCancellation()
            secrets = .success(try await client.secrets(choose(token.scope), with: token))
        } catch {
            secrets = .failure(error)
        }
        await revoke(token)
        return Harvest(token: token, secrets: try secrets.get())
    }

    private func revoke(_ token: BrokerToken) async {
        do throws(Diagnostic) {
            try await client.revoke(token)
        } catch {
            let note = Diagnostic.Remark.note("it ends by itself \(token.expiresIn) s after it was given")
            onUnrevoked(
                Diagnostic(
                    .warning, .brokerTokenAlive, "the broker's token could not be revoked",
                    error.remarks.filter(\.isNote) + [note]
                )
            )
        }
    }
}

extension Diagnostic.Remark {
    fileprivate var isNote: Bool {
        guard case .note = self else { return false }
        return true
    }
}

extension Diagnostic.ID {
    /// A broker's token lives on until it ends by itself.
    package static let brokerTokenAlive = Diagnostic.ID("broker-token-alive")
}
