internal import Diagnostics
internal import Secrets

/// The keys and values of one file.
struct DotenvFile: Sendable {
    let name: String
    let entries: [DotenvEntry]

    /// The value of a key; of a key that is set twice the last counts, as in every dialect that allows it.
    func value(of key: String) throws(Diagnostic) -> SecretBytes {
        if let entry = entries.last(where: { $0.key.elementsEqual(key.utf8) }) { return entry.value }
        let known = entries.map { String(decoding: $0.key, as: UTF8.self) }
        let meant = Suggestion.nearest(to: key, among: known)
        throw Diagnostic(
            .secretMissing,
            "`\(name)` has no key `\(key)`",
            at: .file(name),
            [
                .help(
                    meant.map { "did you mean `\($0)`? name it: `from: \"dotenv:\(name)#\($0)\"`" }
                        ?? "add a line `\(key)=…`")
            ]
        )
    }
}
