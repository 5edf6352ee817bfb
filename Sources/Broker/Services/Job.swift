internal import Audit
internal import OIDC
internal import Policy
internal import Secrets
internal import TokenExchange

/// A job whose token was verified.
struct Job: Sendable {
    let token: VerifiedToken
    let use: TokenUse
    /// The claims that records repeat, as `ActorClaims` has them.
    let actor: [String]
    /// The token's text, of which a refusal records the digest.
    let text: SecretBytes
    let origin: RequestOrigin

    /// The text of a claim.
    func claim(_ name: String) -> String? { ActorClaims.value(of: name, in: actor) }

    /// The policy of the job's repository, and what it may read by it.
    func granted(by core: BrokerCore) -> (LoadedPolicy, [PolicySet.Granted])? {
        let (set, claims) = (core.policies.current, ClaimSet(token))
        return set.policy(for: claims, issuer: token.issuer).map { policy in
            (policy, set.granted(by: policy, to: claims, at: core.now()))
        }
    }

    /// A scoped token for some of it: it lives as long as its shortest grant, and no longer than a grant holds.
    func issued(
        _ digest: TokenDigest,
        _ policy: LoadedPolicy,
        _ granted: [PolicySet.Granted],
        by core: BrokerCore
    ) -> IssuedToken {
        let now = core.now()
        let lifetime = granted.map(\.grant.ttl).min().map { min($0, core.maximumLifetime) } ?? 0
        let ends = granted.compactMap(\.grant.expires) + [now + Int64(lifetime)]
        var grants: [String] = []
        for secret in granted where !grants.contains(secret.grant.id) { grants.append(secret.grant.id) }
        return IssuedToken(
            digest: digest,
            use: use,
            actor: actor,
            repository: policy.repository,
            policyDigest: policy.digest,
            grants: grants,
            secrets: granted.map(\.path),
            issuedAt: now,
            expiresAt: ends.min() ?? now
        )
    }

    /// Says of an event who did it, and with which token.
    func describe(_ event: inout AuditEvent) {
        describeOrigin(&event)
        event.tokenDigest = TokenDigest.hexadecimal(of: text)
    }

    private func describeOrigin(_ event: inout AuditEvent) {
        event.actor = ActorClaims.actor(actor)
        event.tokenID = use.text
        event.source = AuditEvent.Source(address: origin.address, userAgent: origin.userAgent)
    }

    func event(issued: IssuedToken, by emergency: Grant?) -> AuditEvent {
        var event = AuditEvent(.tokenIssued, .success)
        describeOrigin(&event)
        event.tokenDigest = issued.digest.hexadecimal
        event.object = AuditEvent.Object(name: issued.scope)
        event.policy = AuditEvent.Policy(digest: issued.policyDigest, grant: issued.grants.joined(separator: " "))
        event.breakGlass = emergency.map { AuditEvent.BreakGlass(reason: $0.reason ?? "", expires: $0.expires) }
        return event
    }
}

extension BrokerCore {
    /// Verifies a job's token; a bad one is recorded.
    func job(_ subject: SecretBytes, from origin: RequestOrigin) async throws(Refusal) -> Job {
        do throws(Refusal) {
            let verified = try await issuers.verify(subject)
            let actor = ActorClaims.of(verified.token)
            return Job(token: verified.token, use: verified.use, actor: actor, text: subject, origin: origin)
        } catch {
            throw await refused(error, origin) { $0.tokenDigest = TokenDigest.hexadecimal(of: subject) }
        }
    }
}
