internal import ArgumentParser
internal import EncryptedFile

/// `inject secrets list`: the names in a file.
struct ListSecretsCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Prints the names in a file, one a line; needs no key and verifies nothing."
    )

    @OptionGroup var options: EncryptedFileOptions

    @Flag(help: "Print whom the file is encrypted for instead.")
    var recipients = false

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let file = try EncryptedFileEditor(options, in: surroundings).existingFile()
        let lines = recipients ? file.wrappings.map(\.recipient) : file.names
        surroundings.console.output(lines.map { Self.visible($0) + "\n" }.joined())
        return .success
    }

    /// Nobody has verified the file, and a name of it could steer the terminal.
    private static func visible(_ name: String) -> String {
        let scalars = name.unicodeScalars.map { scalar -> Unicode.Scalar in
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: "\u{FFFD}"
            default: scalar
            }
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
