internal import AWSClient
package import Diagnostics
package import SecretStores
package import Secrets

/// Values in Secrets Manager and Parameter Store, read with the broker's own credentials.
package struct AWSValueSource: Sendable {
    private let session: AWSSession

    /// Reads with a session.
    package init(_ session: AWSSession) { self.session = session }

    /// The value of each reference, all of which AWS holds; each place is asked for once.
    package func values(
        of references: [SecretReference]
    ) async -> [SecretReference: Result<StoredValue, Diagnostic>] {
        // Stores answer by name; several secrets of one name may be asked for here.
        let requests = references.enumerated().compactMap { index, reference in
            SecretName("VALUE_\(index)").map { SecretRequest(name: $0, reference: reference) }
        }
        let (secrets, parameters) = (SecretsManagerStore(session), ParameterStore(session))
        async let fromManager = secrets.versions(of: requests.filter { secrets.holds($0.reference) })
        async let fromParameters = parameters.versions(of: requests.filter { parameters.holds($0.reference) })
        let found = await fromManager.merging(await fromParameters) { first, _ in first }
        let pairs = requests.compactMap { request in
            found[request.name].map { answer in
                (request.reference, answer.map { StoredValue($0.bytes, version: $0.version) })
            }
        }
        return Dictionary(pairs) { first, _ in first }
    }
}

extension SecretReference {
    /// Whether AWS holds it.
    var isInAWS: Bool {
        switch self {
        case .secretsManager, .parameterStore: true
        case .dotenv, .file, .encrypted: false
        }
    }
}
