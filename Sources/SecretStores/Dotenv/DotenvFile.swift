internal import Diagnostics
internal import Secrets

/// The keys and values of one file.
struct DotenvFile: Sendable {
    let name: String
    let entries: [DotenvEntry]

    func has(_ key: String) -> Bool { entries.contains { $0.key.elementsEqual(key.utf8) } }

    /// The value of a key; of a key that is set twice the last counts, as in every dialect that allows it.
    func value(of key: String) throws(Diagnostic) -> SecretBytes {
        guard let entry = entries.last(where: { $0.key.elementsEqual(key.utf8) }) else { throw missing(key) }
        guard let value = entry.value else {
            throw Diagnostic(
                .secretMissing,
                "`\(name)` has the key `\(key)` without a value",
                at: .line(file: name, line: entry.line),
                [.help("write `\(key)=` and the value")]
            )
        }
        guard value.count <= SecretFileReader.longestSecret else {
            throw Diagnostic(
                .storedSecretTooLarge,
                "`\(key)` is longer than \(SecretFileReader.longestSecret / 1024) KiB",
                at: .line(file: name, line: entry.line),
                [SecretFileReader.tooLargeHelp]
            )
        }
        return value
    }

    private func missing(_ key: String) -> Diagnostic {
        // Only names that can be printed: others could steer the terminal.
        let known = entries.filter { $0.key.allSatisfy { (0x21...0x7E).contains($0) } }
        let meant = Suggestion.nearest(to: key, among: known.map { String(decoding: $0.key, as: UTF8.self) })
        let help = meant.map { "did you mean `\($0)`? name it: `from: \"dotenv:\(name)#\($0)\"`" }
        return Diagnostic(
            .secretMissing,
            "`\(name)` has no key `\(key)`",
            at: .file(name),
            [.help(help ?? "add a line `\(key)=…`")]
        )
    }
}
