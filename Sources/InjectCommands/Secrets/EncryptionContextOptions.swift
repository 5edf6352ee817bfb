internal import AWSClient
internal import ArgumentParser
internal import Diagnostics
internal import SecretStores

/// What KMS is told when it wraps a file's data key, and has to be told again to unwrap it.
///
/// It stands in the file, and AWS's own log shows it: a name for what the key is for, and no secret (AWS KMS Developer
/// Guide, "Encryption context").
struct EncryptionContextOptions: ParsableArguments {
    @Option(
        name: .customLong("encryption-context"),
        help: ArgumentHelp(
            "What KMS has to be told again to decrypt, such as repository=OWNER/NAME; may be repeated.",
            valueName: "name=value"
        )
    )
    var pairs: [String] = []

    /// The pairs, or nil where none is given; they are for keys of KMS, so there has to be one.
    func context(for recipients: [String]) throws(Diagnostic) -> [(name: String, value: String)]? {
        guard !pairs.isEmpty else { return nil }
        guard recipients.contains(where: KMSDataKeys.isKey) else {
            throw Diagnostic(
                .usage, "there is an encryption context, and no key of KMS that could ask for it",
                [.help("name a key: `--recipient arn:aws:kms:REGION:ACCOUNT:key/ID`, or leave the context out")]
            )
        }
        var context: [(name: String, value: String)] = []
        for pair in pairs {
            guard let member = NamedValue(pair), !member.value.isEmpty else {
                throw Diagnostic(
                    .usage, "`\(pair.printable(limit: 200))` is no encryption context",
                    [.help("write `--encryption-context NAME=VALUE`, such as repository=acme/shop")]
                )
            }
            guard !context.contains(where: { $0.name.utf8.elementsEqual(member.name.utf8) }) else {
                throw Diagnostic(
                    .usage, "the encryption context names `\(member.name)` twice", [.help("keep one of them")])
            }
            context.append((member.name, member.value))
        }
        return context
    }
}
