internal import Audit
package import Secrets

/// What can be done with a scoped token beside fetching: taking it back (RFC 7009) and asking about it (RFC 7662).
package struct TokenService: Sendable {
    private let core: BrokerCore

    /// A service of a broker.
    package init(_ core: BrokerCore) { self.core = core }

    /// Makes a token open nothing; any other text opens nothing already, which is as good.
    package func revoke(_ text: SecretBytes, from origin: RequestOrigin) async throws(Refusal) {
        guard let token = AccessToken(text) else { return }
        let found: IssuedToken?
        do throws(BrokerFault) { found = try await core.tokens.token(token.digest) } catch {
            throw await unrevoked(error, token, origin)
        }
        guard let found else { return }
        // First the record: a second try would find no token any more, and nothing to record.
        try await core.record([Self.event(.tokenRevoked, found, origin)])
        do throws(BrokerFault) { _ = try await core.tokens.revoke(token.digest) } catch {
            throw await unrevoked(error, token, origin)
        }
        core.metrics.count(.revocation)
    }

    private func unrevoked(_ fault: BrokerFault, _ token: AccessToken, _ origin: RequestOrigin) async -> Refusal {
        await core.refused(.unavailable(fault), origin, as: .tokenRevoked) {
            $0.tokenDigest = token.digest.hexadecimal
        }
    }

    /// What a token opens, or nil where that is nothing; whoever has the token may ask.
    package func introspect(_ text: SecretBytes, from origin: RequestOrigin) async throws(Refusal) -> IssuedToken? {
        guard let token = AccessToken(text) else { return nil }
        let found: IssuedToken?
        do throws(BrokerFault) { found = try await core.tokens.token(token.digest) } catch {
            throw await core.refused(.unavailable(error), origin, as: .tokenInspected) {
                $0.tokenDigest = token.digest.hexadecimal
            }
        }
        guard let found else { return nil }
        try await core.record([Self.event(.tokenInspected, found, origin)])
        return isInForce(found) ? found : nil
    }

    /// Whether a token opens something now.
    func isInForce(_ issued: IssuedToken) -> Bool {
        core.now() < issued.expiresAt
            && core.policies.current.policy(repository: issued.repository, digest: issued.policyDigest) != nil
    }

    static func event(
        _ kind: AuditEventKind,
        _ issued: IssuedToken,
        _ origin: RequestOrigin
    ) -> AuditEvent {
        var event = AuditEvent(kind, .success)
        event.actor = ActorClaims.actor(issued.actor)
        event.tokenDigest = issued.digest.hexadecimal
        event.tokenID = issued.use.text
        event.source = AuditEvent.Source(address: origin.address, userAgent: origin.userAgent)
        event.object = AuditEvent.Object(name: issued.scope)
        event.policy = AuditEvent.Policy(digest: issued.policyDigest, grant: issued.grants.joined(separator: " "))
        return event
    }
}
