internal import ArgumentParser
internal import EncryptedFile

/// `inject secrets rm`: removes a value.
struct RemoveSecretCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "rm",
        abstract: "Removes a value; git may still have it."
    )

    @Argument(help: "The value's name; dots lead into maps.")
    var name: String

    @OptionGroup var options: EncryptedFileOptions

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let editor = try EncryptedFileEditor(options, in: surroundings)
        try editor.alone {
            let file = try editor.existingFile()
            let key = try editor.dataKey(of: file)
            let changed = try editor.explaining { () throws(SopsError) in
                // Never over a file that is not known to be whole.
                _ = try file.open(with: key)
                return try file.removing(name, with: key, at: editor.moment)
            }
            try editor.write(changed)
        }
        return .success
    }
}
