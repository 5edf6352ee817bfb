package import Diagnostics
package import Policy
package import Secrets

/// Where the broker's values come from, by the broker's own means.
package protocol ValueSource: Sendable {
    /// The values of an environment's secrets; every one of them has an entry in the answer.
    func values(
        of secrets: [SecretEntry],
        in environment: PolicyEnvironment,
        of policy: LoadedPolicy
    ) async -> [SecretName: Result<StoredValue, Diagnostic>]
}
