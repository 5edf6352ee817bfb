import Policy

extension PolicyFile {
    /// The same policy in another order.
    var reversed: PolicyFile {
        with(environments.reversed().map { $0.with($0.grants.reversed()) }, denies.reversed())
    }

    /// The policy with another's grants beside its own.
    func granting(_ other: PolicyFile) -> PolicyFile {
        let more = other.environments.flatMap(\.grants)
        return with(environments.map { $0.with($0.grants + more) }, denies)
    }

    /// The policy with another's rules beside its own.
    func denying(_ other: PolicyFile) -> PolicyFile { with(environments, denies + other.denies) }

    private func with(_ environments: [PolicyEnvironment], _ denies: [DenyRule]) -> PolicyFile {
        PolicyFile(
            source: source, issuer: issuer, implied: implied, repository: repository, owners: owners,
            defaults: defaults, environments: environments, denies: denies, assertions: assertions, tests: tests
        )
    }
}

extension PolicyEnvironment {
    fileprivate func with(_ grants: [Grant]) -> PolicyEnvironment {
        PolicyEnvironment(
            name: name, span: span, isLocal: isLocal, isProtected: isProtected, exchange: exchange, secrets: secrets,
            grants: grants
        )
    }
}
