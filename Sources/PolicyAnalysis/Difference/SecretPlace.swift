import Policy
import Secrets

/// Where a secret's value is, so far as a policy tells one place from another.
struct SecretPlace: Hashable {
    /// AWS's account and region, or the broker.
    private let system: [String]
    private let reference: SecretReference

    init(_ secret: SecretEntry, of environment: PolicyEnvironment) {
        switch environment.exchange {
        case .aws(let role, let region):
            let account = role.split(separator: ":", omittingEmptySubsequences: false).dropFirst(4).first
            system = [account.map(String.init) ?? role, region]
        case .broker(let url): system = [url]
        case nil: system = []
        }
        reference =
            if case .dotenv(let file, nil) = secret.reference {
                .dotenv(file: file, key: secret.name.text)
            } else {
                secret.reference
            }
    }

    /// The places of all secrets of a policy's protected environments.
    static func guarded(by policy: PolicyFile) -> Set<SecretPlace> {
        Set(
            policy.environments.filter(\.isProtected).flatMap { environment in
                environment.secrets.map { SecretPlace($0, of: environment) }
            })
    }
}
