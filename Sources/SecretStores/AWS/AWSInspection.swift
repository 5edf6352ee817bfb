import AWSClient
import Diagnostics
package import Secrets

/// Looks whether secrets of AWS are there and could be read; no value crosses the network, and its keys stay unknown.
package struct AWSInspection: Sendable {
    private let session: AWSSession
    private let references: Set<SecretReference>

    /// An inspection of some secrets with a session that may describe them.
    package init(_ session: AWSSession, of references: Set<SecretReference>) {
        self.session = session
        self.references = references
    }

    /// Whether the secret is one of those.
    package func covers(_ reference: SecretReference) -> Bool { references.contains(reference) }

    /// What can be said of a secret.
    package func finding(of reference: SecretReference) async -> AWSFinding {
        do throws(Diagnostic) {
            let credentials = try await session.credentials.credentials()
            switch reference {
            case .secretsManager(let id, let key, let version):
                return try await secret(id, key, version, credentials)
            case .parameterStore(let path, let selector): return await parameter(path, selector, credentials)
            case .dotenv, .file, .encrypted: return .present(unchecked: nil)
            }
        } catch {
            return .unreadable(error)
        }
    }

    private func secret(
        _ id: String,
        _ key: String?,
        _ version: SecretVersion?,
        _ credentials: AWSCredentials
    ) async throws(Diagnostic) -> AWSFinding {
        let region = SecretLocation(.secretsManager(id: id, key: nil, version: nil))?.region
        let connection = try region.map(session.connection.inRegion) ?? session.connection
        let secret: SecretDescription
        do throws(AWSError) {
            secret = try await SecretsManager(connection).describe(id, signedBy: credentials)
        } catch {
            return Self.explain(error, "secret `\(id)`", "secretsmanager:DescribeSecret", connection)
        }
        if secret.isPendingDeletion {
            return .unreadable(
                Diagnostic(
                    .awsSecretUnusable, "secret `\(id)` is marked for deletion",
                    [.help("restore it: aws secretsmanager restore-secret --secret-id \(id)")]
                )
            )
        }
        guard !secret.has(version) else { return .present(unchecked: key.map { "the key `\($0)`" }) }
        return .unreadable(
            Diagnostic(
                .secretMissing, "secret `\(id)` has no such version",
                [.help("aws secretsmanager list-secret-version-ids --secret-id \(id)")]
            )
        )
    }

    private func parameter(_ path: String, _ selector: String?, _ credentials: AWSCredentials) async -> AWSFinding {
        let connection = session.connection
        let found: ParameterDescription?
        do throws(AWSError) {
            found = try await ParameterStoreService(connection).describe(path, signedBy: credentials)
        } catch {
            return Self.explain(error, "parameter `\(path)`", "ssm:DescribeParameters", connection)
        }
        guard let found else {
            return .unreadable(
                Diagnostic(
                    .secretMissing, "there is no parameter `\(path)` in `\(connection.settings.region)`",
                    [.help("check its name, and that it is in this region and account")]
                )
            )
        }
        guard let selector else { return .present(unchecked: nil) }
        guard let isThere = found.has(selector) else { return .present(unchecked: "the label `\(selector)`") }
        guard !isThere else { return .present(unchecked: nil) }
        return .unreadable(
            Diagnostic(
                .secretMissing, "parameter `\(path)` has no version \(selector)",
                [.help("aws ssm get-parameter-history --name \(path) --query 'Parameters[].Version'")]
            )
        )
    }

    /// The role of a job needs no right to describe; without it nothing can be said.
    private static func explain(
        _ error: AWSError,
        _ what: String,
        _ action: String,
        _ connection: AWSConnection
    ) -> AWSFinding {
        guard !error.hasCode("AccessDenied") else { return .hidden(action: action) }
        return .unreadable(error.diagnostic(of: what, in: connection.settings.region))
    }
}
