package import AWSClient
package import Diagnostics
package import Policy
package import StrictJSON

/// What a role needs so that jobs can read secrets as it: the most that any session of it may do.
package enum RolePermissions {
    /// The permission policy for secrets; nil where AWS holds none of them.
    package static func document(
        for secrets: [SecretEntry],
        role: RoleARN,
        region: String
    ) throws(Diagnostic) -> JSONWriter? {
        var resources: [SessionResource] = []
        for secret in secrets {
            let found = try SessionResource(secret.reference, account: role, region: region)
            if let found, !resources.contains(found) { resources.append(found) }
        }
        return resources.isEmpty ? nil : SessionPolicy.document(.fetching, of: resources)
    }

    /// The resource that holds a secret, as a pattern of IAM; nil where AWS does not hold it.
    package static func resource(
        of secret: SecretEntry,
        role: RoleARN,
        region: String
    ) throws(Diagnostic) -> String? {
        try SessionResource(secret.reference, account: role, region: region)?.arn
    }
}
