import HTTPTransport
package import Secrets
import StrictJSON

/// What Secrets Manager says of a secret without its value.
package struct SecretDescription: Sendable {
    /// The secret's ARN.
    package let arn: String
    /// Whether it is marked for deletion, so that no value can be read.
    package let isPendingDeletion: Bool
    /// The key that encrypts it; nil for the account's own `aws/secretsmanager`.
    package let kmsKey: String?

    private let versions: [(id: String, stages: [String])]

    init(_ json: JSONBody, call: AWSCall) throws(AWSError) {
        guard let object = json.root.object, let arn = json.text(object["ARN"]) else {
            throw AWSError(
                .unreadable(status: 200), call.service, call.operation, message: "a description without an ARN"
            )
        }
        self.arn = arn
        isPendingDeletion = object["DeletedDate"].map { if case .null = $0 { false } else { true } } ?? false
        kmsKey = json.text(object["KmsKeyId"])
        versions = (object["VersionIdsToStages"]?.object?.members ?? []).map { member in
            (String(decoding: member.name, as: UTF8.self), (member.value.array ?? []).compactMap { json.text($0) })
        }
    }

    /// Whether there is a version; the current one without a version.
    package func has(_ version: SecretVersion?) -> Bool {
        switch version {
        case .id(let id): versions.contains { $0.id.utf8.elementsEqual(id.utf8) }
        case .stage(let stage): versions.contains { $0.stages.contains { $0.utf8.elementsEqual(stage.utf8) } }
        case nil: versions.contains { $0.stages.contains("AWSCURRENT") }
        }
    }
}
