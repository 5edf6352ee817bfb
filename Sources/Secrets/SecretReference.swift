/// Where a secret's value comes from: the `from` of the policy, taken apart but not yet resolved.
package enum SecretReference: Hashable, Sendable {
    /// `dotenv:FILE[#KEY]`; without a key, the secret's own name is the key.
    case dotenv(file: String, key: String?)
    /// `file:PATH`, such as a Docker secret.
    case file(path: String)
    /// `encrypted:FILE#KEY`.
    case encrypted(file: String, key: String)
    /// `aws-sm:NAME_OR_ARN[#json.key][?stage=S|version=V]`.
    case secretsManager(id: String, key: String?, version: SecretVersion?)
    /// `aws-ssm:/path[:version|:label]`.
    case parameterStore(path: String, selector: String?)
}

/// Which version of a Secrets Manager secret a reference asks for.
package enum SecretVersion: Hashable, Sendable {
    /// A staging label, such as `AWSPREVIOUS`.
    case stage(String)
    /// A version id.
    case id(String)
}
