internal import Audit
internal import Policy
internal import Secrets

/// Whoever shows a scoped token that opens something now.
struct TokenHolder: Sendable {
    let issued: IssuedToken
    let policy: LoadedPolicy
    let origin: RequestOrigin

    /// Says of an event who did it, with which token, and by which of its grants; by all of them where none is given.
    func describe(_ event: inout AuditEvent, by own: [Grant]? = nil) {
        event.actor = ActorClaims.actor(issued.actor)
        event.tokenDigest = issued.digest.hexadecimal
        event.tokenID = issued.use.text
        event.source = AuditEvent.Source(address: origin.address, userAgent: origin.userAgent)
        let ids = own?.map(\.id) ?? issued.grants
        event.policy = AuditEvent.Policy(digest: policy.digest, grant: ids.joined(separator: " "))
        guard let grant = (own ?? grants).first(where: \.isBreakGlass), let reason = grant.reason else { return }
        event.breakGlass = AuditEvent.BreakGlass(reason: reason, expires: grant.expires)
    }

    func event(read path: SecretPath, version: String?) -> AuditEvent {
        var event = AuditEvent(.secretRead, .success)
        describe(&event, by: grants(of: path))
        event.object = AuditEvent.Object(environment: path.environment, name: path.name.text, version: version)
        return event
    }

    /// The grants that allowed.
    private var grants: [Grant] {
        policy.environments.flatMap(\.grants).filter { issued.grants.contains($0.id) }
    }

    /// Those of them that open one secret.
    private func grants(of path: SecretPath) -> [Grant] {
        let own = policy.environment(path.environment)?.grants ?? []
        return own.filter { $0.reads(path.name) && issued.grants.contains($0.id) }
    }
}

extension BrokerCore {
    /// Finds what a scoped token opens; one that opens nothing is recorded.
    func holder(of text: SecretBytes, from origin: RequestOrigin) async throws(Refusal) -> TokenHolder {
        guard let token = AccessToken(text) else { throw await refused(.token("not-an-access-token"), origin) }
        do throws(Refusal) {
            return try await holder(of: token, from: origin)
        } catch {
            throw await refused(error, origin) { $0.tokenDigest = token.digest.hexadecimal }
        }
    }

    private func holder(of token: AccessToken, from origin: RequestOrigin) async throws(Refusal) -> TokenHolder {
        let found: IssuedToken?
        do throws(BrokerFault) { found = try await tokens.token(token.digest) } catch { throw .unavailable(error) }
        guard let issued = found else { throw .token("unknown-or-revoked") }
        guard now() < issued.expiresAt else { throw .token("expired") }
        guard let policy = policies.current.policy(repository: issued.repository, digest: issued.policyDigest) else {
            throw .token("policy-changed")
        }
        return TokenHolder(issued: issued, policy: policy, origin: origin)
    }

    /// Tells of first uses and of break-glass.
    func noteUse(of names: [SecretPath], by issued: IssuedToken) async {
        let workflow = ActorClaims.value(of: "workflow_ref", in: issued.actor) ?? "(no workflow)"
        for name in names where metrics.isFirstUse("\(issued.repository) \(workflow) \(name)") {
            await alerts.raise(Alert(.firstUse, detail: "\(issued.repository) \(workflow) \(name)"))
        }
    }
}
