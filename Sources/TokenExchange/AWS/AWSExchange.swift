package import AWSClient
package import Diagnostics
import OIDC
package import Policy

/// Exchanges a job's token for a session of AWS that may read exactly what was granted.
package struct AWSExchange: Sendable {
    private let role: RoleARN
    private let connection: AWSConnection
    private let policy: PolicyFile
    private let renew: @Sendable () async throws -> JobIdentity?

    /// An exchange for a role.
    ///
    /// - Parameters:
    ///   - policy: the file whose grants are explained where AWS refuses.
    ///   - renew: gets and verifies a new token, for when AWS calls the first one too old; nil where there is no other.
    package init(
        role: String,
        connection: AWSConnection,
        policy: PolicyFile,
        renew: @escaping @Sendable () async throws -> JobIdentity?
    ) throws(Diagnostic) {
        self.role = try RoleARN(role)
        try self.role.requirePartition(of: connection.settings.region)
        self.connection = connection
        self.policy = policy
        self.renew = renew
    }

    /// Sessions that together read the secrets, each a part of them; none where AWS holds none of them.
    ///
    /// There is one unless its policy would be longer than AWS takes, and never one without a policy.
    package func sessions(
        for purpose: SessionPolicy.Purpose = .fetching,
        of secrets: [GrantedSecret],
        keys: [String] = [],
        as identity: JobIdentity
    ) async throws -> [ScopedSession] {
        let region = connection.settings.region
        let plan = try SessionPlan(for: purpose, of: secrets, keys: keys, role: role, region: region)
        return try await withThrowingTaskGroup(of: ScopedSession.self) { group in
            for part in plan.parts {
                group.addTask {
                    ScopedSession(
                        credentials: try await session(part, secrets, identity), secrets: part.secrets, keys: part.keys)
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func session(
        _ part: SessionPlan.Part,
        _ all: [GrantedSecret],
        _ identity: JobIdentity
    ) async throws -> AWSCredentials {
        // A part that only unwraps data keys is for all of them.
        let secrets = part.secrets.isEmpty ? all : part.secrets
        let name = SessionName(ClaimSet(identity.token), subject: identity.token.subject)
        let request = try WebIdentityRequest(
            role: role.text,
            sessionName: name.text,
            policy: part.policy.text,
            durationSeconds: Self.seconds(secrets)
        )
        do {
            return try await send(request, identity)
        } catch let error as AWSError {
            let grants = Self.grants(of: secrets)
            throw ExchangeRefusal(error, role: role, identity: identity, grants: grants, policy: policy).diagnostic
        }
    }

    /// A session lives as long as the shortest-lived grant says, but AWS makes none for less than a quarter of an hour.
    static func seconds(_ secrets: [GrantedSecret]) -> Int {
        max(900, secrets.map(\.grant.ttl).min() ?? 900)
    }

    private func send(_ request: WebIdentityRequest, _ identity: JobIdentity) async throws -> AWSCredentials {
        let service = SecurityTokenService(connection)
        do {
            return try await service.assumeRole(request, token: identity.credential)
        } catch  where error.hasCode(among: ["ExpiredToken", "InvalidIdentityToken"]) {
            guard let renewed = try await renew() else { throw error }
            return try await service.assumeRole(request, token: renewed.credential)
        }
    }

    private static func grants(of secrets: [GrantedSecret]) -> [Grant] {
        var grants: [Grant] = []
        for granted in secrets where !grants.contains(where: { $0.id.utf8.elementsEqual(granted.grant.id.utf8) }) {
            grants.append(granted.grant)
        }
        return grants
    }
}
