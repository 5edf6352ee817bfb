internal import Audit
internal import OIDC
internal import Policy
package import Secrets

/// A job's token for a scoped one (RFC 8693).
package struct ExchangeService: Sendable {
    /// What is answered.
    package struct Answer: Sendable {
        /// The scoped token.
        package let token: AccessToken
        /// What it opens, and until when.
        package let issued: IssuedToken
    }

    private let core: BrokerCore

    /// A service of a broker.
    package init(_ core: BrokerCore) { self.core = core }

    /// Verifies, decides, uses the job's token up, records, and only then returns the scoped token.
    ///
    /// With `scope`, exactly those secrets, all of which must be granted; without it, all that are granted in the
    /// environment that the client names, or else in the one that the job's token names, or in every one.
    package func exchange(
        _ subject: SecretBytes,
        scope: [SecretPath]?,
        in environment: String? = nil,
        from origin: RequestOrigin
    ) async throws(Refusal) -> Answer {
        let job = try await core.job(subject, from: origin)
        let (answer, granted): (Answer, [PolicySet.Granted])
        do throws(Refusal) { (answer, granted) = try await issue(job, scope, environment) } catch {
            await core.noteFailure(of: job.claim("sub"), error)
            throw await core.refused(error, origin, fill: job.describe)
        }
        let emergency = granted.first { $0.grant.isBreakGlass }?.grant
        do throws(Refusal) { try await core.record([job.event(issued: answer.issued, by: emergency)]) } catch {
            // Nobody has seen the token; it must open nothing even so. The job was told to try again, with its own.
            try? await core.tokens.withdraw(answer.issued)
            throw error
        }
        try? await core.tokens.markRecorded(answer.token.digest)
        if let emergency {
            let detail = "\(answer.issued.repository) \(job.claim("sub") ?? "(no subject)") \(emergency.id)"
            await core.alerts.raise(Alert(.breakGlass, detail: detail))
        }
        core.metrics.count(.exchange)
        return answer
    }

    private func issue(
        _ job: Job,
        _ scope: [SecretPath]?,
        _ environment: String?
    ) async throws(Refusal) -> (Answer, [PolicySet.Granted]) {
        guard let (policy, granted) = job.granted(by: core) else { throw .grant("no-policy") }
        let wanted = try Self.select(granted, scope, environment: environment ?? job.claim("environment"))
        do throws(BrokerFault) {
            let token = try AccessToken.mint()
            let issued = job.issued(token.digest, policy, wanted, by: core)
            if try await core.tokens.issue(issued) { return (Answer(token: token, issued: issued), wanted) }
        } catch {
            throw .unavailable(error)
        }
        await core.alerts.raise(Alert(.replay, detail: job.claim("sub") ?? job.token.issuer))
        throw .grant("replayed")
    }

    private static func select(
        _ granted: [PolicySet.Granted],
        _ scope: [SecretPath]?,
        environment: String?
    ) throws(Refusal) -> [PolicySet.Granted] {
        if let scope {
            let wanted = Set(scope)
            let found = granted.filter { wanted.contains($0.path) }
            guard !granted.isEmpty else { throw .grant("not-granted") }
            guard found.count == wanted.count else { throw .scope }
            return found
        }
        let found = granted.filter { secret in
            environment.map { $0.utf8.elementsEqual(secret.path.environment.utf8) } ?? true
        }
        guard !found.isEmpty else { throw .grant("not-granted") }
        return found
    }
}
