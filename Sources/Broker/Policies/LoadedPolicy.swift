internal import OIDC
package import Policy

/// A policy of the folder, with the digest that tokens and records name it by.
package struct LoadedPolicy: Sendable {
    /// The checked policy.
    package let file: PolicyFile
    /// The repository it is about.
    package let repository: String
    /// The SHA-256 of its text, in hexadecimal; under a baseline, that of this one followed by the baseline's own.
    package let digest: String
    /// Its folder with a trailing slash: where its references start, and what they cannot leave.
    package let folder: String

    /// The issuer whose tokens it decides about.
    package var issuer: String {
        switch file.issuer {
        case .github: IssuerConfiguration.githubIssuer
        case .gitlab: "https://gitlab.com"
        case .url(let url): url
        }
    }

    /// Whether it is the policy of these claims' repository.
    func concerns(_ claims: ClaimSet, issuer: String) -> Bool {
        self.issuer.utf8.elementsEqual(issuer.utf8) && file.implied.allSatisfy { $0.holds(for: claims[$0.claim]) }
    }

    /// The environments that a broker serves: a local one is a developer's own.
    package var environments: [PolicyEnvironment] { file.environments.filter { !$0.isLocal } }

    /// The environment of a name.
    package func environment(_ name: String) -> PolicyEnvironment? {
        environments.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// The entry of a secret.
    package func secret(_ path: SecretPath) -> SecretEntry? {
        environment(path.environment)?.secrets.first { $0.name == path.name }
    }
}
