import Secrets

/// One version of one secret of Secrets Manager.
struct SecretLocation: Hashable, Sendable {
    let id: String
    let version: SecretVersion?

    init?(_ reference: SecretReference) {
        guard case .secretsManager(let id, _, let version) = reference else { return nil }
        self.id = id
        self.version = version
    }

    /// The region that an ARN names; nil for a plain name.
    var region: String? {
        let parts = id.split(separator: ":", maxSplits: 6, omittingEmptySubsequences: false)
        return parts.count == 7 && parts[0] == "arn" ? String(parts[3]) : nil
    }
}
