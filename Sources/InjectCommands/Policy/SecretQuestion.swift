internal import Diagnostics
internal import Policy
internal import Secrets

/// One secret that somebody asks about.
struct SecretQuestion {
    let environment: String
    let secret: String

    /// The secret that was named, or every secret of an environment or of the policy.
    static func questions(
        _ name: String?,
        environment: String?,
        _ source: PolicySource
    ) throws(Diagnostic) -> [SecretQuestion] {
        guard let name else {
            let named = try environment.map { name throws(Diagnostic) in [try source.environment(named: name)] }
            return (named ?? source.policy.environments).flatMap { environment in
                environment.secrets.map { SecretQuestion(environment: environment.name, secret: $0.name.text) }
            }
        }
        let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2 {
            _ = try source.environment(named: parts[0])
            return [SecretQuestion(environment: parts[0], secret: parts[1])]
        }
        if let environment {
            _ = try source.environment(named: environment)
            return [SecretQuestion(environment: environment, secret: name)]
        }
        guard let only = source.onlyEnvironment else {
            throw Diagnostic(
                .usage,
                "`\(name)` could be in any environment",
                [.help("write ENVIRONMENT/\(name), or name one with `--environment`")]
            )
        }
        return [SecretQuestion(environment: only.name, secret: name)]
    }
}
