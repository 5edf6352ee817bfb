package import Diagnostics

extension SopsError {
    /// What to tell somebody about a file; no value of it is shown.
    package func diagnostic(_ file: String) -> Diagnostic {
        switch self {
        case .syntax(let line):
            refused(
                "the encrypted file `\(file)` is not the YAML, JSON or dotenv that its name says",
                "take it from where it was written last; anchors, tags and duplicate keys are not read",
                line.map { .line(file: file, line: $0) } ?? .file(file)
            )
        case .tooLong(let count):
            refused(
                "`\(file)` would have \(count) bytes, and no more than \(SopsFile.longest) are read",
                "keep some of its values in another file", .file(file)
            )
        case .notEncrypted:
            refused(
                "`\(file)` has no `sops` part, so it is not encrypted",
                "encrypt it with `sops`, or name a file that is not there: inject secrets set makes it", .file(file)
            )
        case .metadata(let reason):
            refused("the `sops` part of `\(file)` cannot be used: \(reason)", "see what `sops` says of it", .file(file))
        case .value(let name):
            refused(
                "`\(name)` of `\(file)` was changed, or comes from another place or file",
                "take the file from where it was written last", .file(file)
            )
        case .readable(let name):
            refused(
                "`\(name)` stands readable in `\(file)`, and nobody vouches for its name",
                "set it under a name that is encrypted there: inject secrets set NAME --file \(file)", .file(file)
            )
        case .notAuthentic:
            refused(
                "`\(file)` was changed after it was written: its MAC does not fit",
                "take it from where it was written last; a merge of two versions has to be made with `sops`",
                .file(file)
            )
        case .name(let reason):
            Diagnostic(.encryptedNameRefused, "this name cannot be used in `\(file)`: \(reason)")
        case .unavailable:
            refused(
                "there is no memory for `\(file)`, or OpenSSL failed",
                "free some memory; is OpenSSL on this machine in FIPS mode?", .file(file)
            )
        }
    }

    private func refused(_ message: String, _ help: String, _ place: Diagnostic.Place) -> Diagnostic {
        Diagnostic(.encryptedFileRefused, message, at: place, [.help(help)])
    }
}
