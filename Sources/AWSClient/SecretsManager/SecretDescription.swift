import HTTPTransport
import StrictJSON

/// What Secrets Manager says of a secret without its value.
package struct SecretDescription: Sendable {
    /// The secret's ARN.
    package let arn: String
    /// Whether it is marked for deletion, so that no value can be read.
    package let isPendingDeletion: Bool
    /// The key that encrypts it; nil for the account's own `aws/secretsmanager`.
    package let kmsKey: String?

    init(_ json: JSONBody, call: AWSCall) throws(AWSError) {
        guard let object = json.root.object, let arn = json.text(object["ARN"]) else {
            throw AWSError(
                .unreadable(status: 200), call.service, call.operation, message: "a description without an ARN"
            )
        }
        self.arn = arn
        isPendingDeletion = object["DeletedDate"].map { if case .null = $0 { false } else { true } } ?? false
        kmsKey = json.text(object["KmsKeyId"])
    }
}
