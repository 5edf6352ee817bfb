internal import ArgumentParser
internal import Diagnostics
internal import EncryptedFile
internal import Glibc
internal import Secrets

/// `inject secrets get`: prints a value.
struct GetSecretCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "get",
        abstract: "Prints a value, byte for byte; to a terminal only with --reveal."
    )

    @Argument(help: "The value's name; dots lead into maps.")
    var name: String

    @OptionGroup var options: EncryptedFileOptions

    @Flag(help: "Print it even to a terminal.")
    var reveal = false

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        guard reveal || isatty(STDOUT_FILENO) == 0 else {
            throw Diagnostic(
                .secretToTerminal, "the value would be shown on the terminal",
                [.help("redirect it, or pass `--reveal`")]
            )
        }
        let editor = try EncryptedFileEditor(options, in: surroundings)
        let file = try editor.existingFile()
        let key = try editor.dataKey(of: file)
        let found = try editor.explaining { () throws(SopsError) in try file.open(with: key).secret(name) }
        guard let value = found else {
            let meant = Suggestion.nearest(to: name, among: file.names).map { "did you mean `\($0)`?" }
            throw Diagnostic(
                .encryptedNameRefused, "`\(editor.path)` has no value `\(name)`",
                [.help(meant ?? "inject secrets list --file \(editor.path)")]
            )
        }
        value.withExposedBytes { surroundings.console.output($0) }
        return .success
    }
}

extension Diagnostic.ID {
    /// A secret would be shown on a terminal.
    static let secretToTerminal = Diagnostic.ID("secret-to-terminal")
}
