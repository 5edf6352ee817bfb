/// A file's data key, wrapped for one recipient.
package enum WrappedDataKey: Sendable {
    /// As an armored age file.
    case age(recipient: String, file: String)
    /// By a key of AWS KMS.
    case kms(KMSWrapping)

    /// Whom it is for: an age recipient or a key's ARN.
    package var recipient: String {
        switch self {
        case .age(let recipient, _): recipient
        case .kms(let wrapping): wrapping.key
        }
    }

    /// What KMS has to be told again; age has nothing of the kind.
    package var context: [(name: String, value: String)] {
        switch self {
        case .age: []
        case .kms(let wrapping): wrapping.context
        }
    }

    /// Everything that a file says of it; the order of a context has no meaning.
    var fields: [String] {
        switch self {
        case .age(let recipient, let file): return ["age", recipient, file]
        case .kms(let wrapping):
            let context = wrapping.context.sorted { $0.name < $1.name }.flatMap { [$0.name, $0.value] }
            let ciphertext = Base64Text.encode(wrapping.ciphertext, padded: true)
            return ["kms", wrapping.key, ciphertext, wrapping.role ?? ""] + context
        }
    }
}
