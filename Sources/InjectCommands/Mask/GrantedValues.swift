internal import Injection
internal import LogMasking
internal import Policy
internal import Secrets

/// The values that `mask` and `scan` search for: those of a file, or the masked ones that the policy grants.
enum GrantedValues {
    static func fetch(
        file: String?,
        _ policy: PolicyOptions,
        _ token: TokenOptions,
        _ stores: StoreOptions,
        in surroundings: Surroundings
    ) throws -> [MaskedValue] {
        if let file { return try ValuesFile.read(file) }
        if let job = try PolicylessJob(policy, token, in: surroundings, fetches: true) {
            return try job.fetched(named: nil).secrets.map { MaskedValue(name: $0.name.text, value: $0.value) }
        }
        let access = try Access.decide(policy, token, in: surroundings, opensStores: true)
        let wanted = try SecretSelection(access: access).granted(named: nil)
        let fetch = SecretFetch(access: access, dialect: try stores.dialect(surroundings.environment))
        let secrets = try fetch.secrets(wanted)
        return zip(wanted, secrets).filter { $0.0.secret.isMasked }.map {
            MaskedValue(name: $0.1.name.text, value: $0.1.value)
        }
    }
}
