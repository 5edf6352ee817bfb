import AWSClient
package import Diagnostics
package import Secrets

/// Looks whether secrets of AWS are there and could be read; no value crosses the network.
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

    /// What is wrong with a secret, or nil where nothing is.
    package func problem(with reference: SecretReference) async -> Diagnostic? {
        do throws(Diagnostic) {
            let credentials = try await session.credentials.credentials()
            switch reference {
            case .secretsManager(let id, _, let version): return try await problem(with: id, version, credentials)
            case .parameterStore(let path, _): return try await problem(with: path, credentials)
            case .dotenv, .file, .encrypted: return nil
            }
        } catch {
            return error
        }
    }

    private func problem(
        with id: String,
        _ version: SecretVersion?,
        _ credentials: AWSCredentials
    ) async throws(Diagnostic) -> Diagnostic? {
        let region = SecretLocation(.secretsManager(id: id, key: nil, version: nil))?.region
        let connection = try region.map(session.connection.inRegion) ?? session.connection
        let secret: SecretDescription
        do throws(AWSError) {
            secret = try await SecretsManager(connection).describe(id, signedBy: credentials)
        } catch {
            return explain(error, "secret `\(id)`", "secretsmanager:DescribeSecret")
        }
        if secret.isPendingDeletion {
            return Diagnostic(
                .awsSecretUnusable, "secret `\(id)` is marked for deletion",
                [.help("restore it: aws secretsmanager restore-secret --secret-id \(id)")]
            )
        }
        guard !secret.has(version) else { return nil }
        return Diagnostic(
            .secretMissing, "secret `\(id)` has no such version",
            [.help("aws secretsmanager list-secret-version-ids --secret-id \(id)")]
        )
    }

    private func problem(with path: String, _ credentials: AWSCredentials) async throws(Diagnostic) -> Diagnostic? {
        let isThere: Bool
        do throws(AWSError) {
            isThere = try await ParameterStoreService(session.connection).exists(path, signedBy: credentials)
        } catch {
            return explain(error, "parameter `\(path)`", "ssm:DescribeParameters")
        }
        guard !isThere else { return nil }
        return Diagnostic(
            .secretMissing, "there is no parameter `\(path)` in `\(session.connection.settings.region)`",
            [.help("check its name, and that it is in this region and account")]
        )
    }

    /// The role of a job needs no right to describe; without it nothing can be said.
    private func explain(_ error: AWSError, _ what: String, _ action: String) -> Diagnostic {
        guard error.hasCode("AccessDenied") else {
            return error.diagnostic(of: what, in: session.connection.settings.region)
        }
        return Diagnostic(
            .awsSecretDenied, "\(what) cannot be looked at with this role",
            error.remarks + [.help("allow the role `\(action)` to have it checked; fetching does not need it")]
        )
    }
}
