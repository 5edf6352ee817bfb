package import Diagnostics
package import Policy
package import Secrets

/// All stores of a broker: files of the policy's folder, and AWS where it may read there.
package struct BrokerStores: ValueSource {
    private let files: FileValueSource
    private let usual: ValueCache?
    private let protected: ValueCache?

    /// Reads files, and from AWS by way of two caches; the second is for protected environments.
    package init(files: FileValueSource, usual: ValueCache? = nil, protected: ValueCache? = nil) {
        self.files = files
        self.usual = usual
        self.protected = protected
    }

    /// Asks each store for its own.
    package func values(
        of secrets: [SecretEntry],
        in environment: PolicyEnvironment,
        of policy: LoadedPolicy
    ) async -> [SecretName: Result<StoredValue, Diagnostic>] {
        guard let cache = environment.isProtected ? protected : usual else {
            return await files.values(of: secrets, in: environment, of: policy)
        }
        let remote = secrets.filter(\.reference.isInAWS)
        let local = secrets.filter { !$0.reference.isInAWS }
        var answers = await files.values(of: local, in: environment, of: policy)
        guard !remote.isEmpty else { return answers }
        let found = await cache.values(of: Array(Set(remote.map(\.reference))))
        for secret in remote { answers[secret.name] = found[secret.reference] }
        return answers
    }
}
