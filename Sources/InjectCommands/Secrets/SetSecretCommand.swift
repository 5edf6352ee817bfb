internal import AWSClient
internal import ArgumentParser
internal import Diagnostics
internal import EncryptedFile
internal import Glibc
internal import Secrets

/// `inject secrets set`: adds a value or replaces it.
struct SetSecretCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Sets a value, read from standard input or asked for on the terminal.",
        discussion: """
            A line break at the end of a value of one line is left out. A file that is not there is made for the \
            recipients.
            """
    )

    @Argument(help: "The value's name; dots lead into maps that are there.")
    var name: String

    @OptionGroup var options: EncryptedFileOptions

    @Option(
        name: .customLong("recipient"),
        help: ArgumentHelp(
            "For a new file: an age recipient or a KMS key's ARN; may be repeated.", valueName: "recipient")
    )
    var recipients: [String] = []

    @OptionGroup var contextOptions: EncryptionContextOptions

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let editor = try EncryptedFileEditor(options, in: surroundings)
        let value = try value()
        try editor.alone {
            let (file, key) = try opened(editor)
            let changed = try editor.explaining { () throws(SopsError) in
                // Never over a file that is not known to be whole.
                _ = try file.open(with: key)
                return try file.setting(name, to: value, with: key, at: editor.moment)
            }
            try editor.write(changed)
        }
        return .success
    }

    private func opened(_ editor: EncryptedFileEditor) throws -> (SopsFile, SecretBytes) {
        guard let file = try editor.file() else {
            guard !recipients.isEmpty else {
                throw Diagnostic(
                    .usage, "`\(editor.path)` is not there, and nobody is named to encrypt it for",
                    [.help("add `--recipient age1…` or `--recipient arn:aws:kms:…`")]
                )
            }
            let context = try contextOptions.context(for: recipients)
            let key = try editor.explaining { () throws(SopsError) in try SopsFile.newDataKey() }
            let wrappings = try editor.wrap(key, for: recipients, context: context)
            let file = try editor.explaining { () throws(SopsError) in
                try SopsFile.empty(editor.format, for: wrappings, dataKey: key, at: editor.moment)
            }
            return (file, key)
        }
        guard recipients.isEmpty, contextOptions.pairs.isEmpty else {
            throw Diagnostic(
                .usage, "`\(editor.path)` has its recipients already",
                [.help("change them: inject secrets rekey --file \(editor.path) --recipient …")]
            )
        }
        return (file, try editor.dataKey(of: file))
    }

    private func value() throws(Diagnostic) -> SecretBytes {
        if isatty(STDIN_FILENO) == 1 {
            guard let value = TerminalPrompt.secret("inject: value of \(name.printable(limit: 80)): ") else {
                throw Diagnostic(.usage, "no value was given", [.help("type it, or pipe it in")])
            }
            return value
        }
        do throws(SecretFileError) {
            return Self.withoutLineBreak(try SecretBytes.contents(of: STDIN_FILENO, limit: 64 * 1024))
        } catch {
            throw Diagnostic(.usage, "the value cannot be read from standard input: \(error.reason)")
        }
    }

    private static func withoutLineBreak(_ value: SecretBytes) -> SecretBytes {
        let trimmed = value.withExposedBytes { bytes -> SecretBytes? in
            guard let end = bytes.firstIndex(of: 0x0A), end == bytes.count - 1 else { return nil }
            return try? SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        }
        return trimmed ?? value
    }
}
