/// A service of AWS that is asked, with its names in addresses, signatures and variables.
package enum AWSService: String, Sendable, CaseIterable {
    /// Security Token Service.
    case sts
    /// Secrets Manager.
    case secretsManager = "secretsmanager"
    /// Systems Manager, of which Parameter Store is a part.
    case ssm
    /// Key Management Service.
    case kms

    /// The name in host names and in the scope of a signature.
    package var code: String { rawValue }

    /// What a message calls it.
    package var name: String {
        switch self {
        case .sts: "STS"
        case .secretsManager: "Secrets Manager"
        case .ssm: "SSM"
        case .kms: "KMS"
        }
    }

    /// What follows `AWS_ENDPOINT_URL_` in the variable that moves its endpoint
    /// (docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html).
    package var variableSuffix: String {
        switch self {
        case .sts: "STS"
        case .secretsManager: "SECRETS_MANAGER"
        case .ssm: "SSM"
        case .kms: "KMS"
        }
    }
}
