internal import ArgumentParser
internal import EncryptedFile
internal import Secrets

/// `inject secrets rekey`: another data key, and other recipients.
struct RekeyCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "rekey",
        abstract: "Encrypts every value under a new data key, for the same recipients or for others.",
        discussion: """
            Who is left out can still decrypt older versions of the file: change the values themselves, too.
            """
    )

    @OptionGroup var options: EncryptedFileOptions

    @Option(
        name: .customLong("recipient"),
        help: ArgumentHelp(
            "Whom the file is for from now on; may be repeated (default: as now).", valueName: "recipient")
    )
    var recipients: [String] = []

    @OptionGroup var contextOptions: EncryptionContextOptions

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let editor = try EncryptedFileEditor(options, in: surroundings)
        try editor.alone {
            let file = try editor.existingFile()
            let names = recipients.isEmpty ? file.wrappings.map(\.recipient) : recipients
            let context = try contextOptions.context(for: names)
            let old = try editor.dataKey(of: file)
            let new = try editor.explaining { () throws(SopsError) in try SopsFile.newDataKey() }
            let wrappings = try editor.wrap(new, for: names, context: context, like: file.wrappings)
            let changed = try editor.explaining { () throws(SopsError) in
                try file.rekeyed(from: old, to: new, for: wrappings, at: editor.moment)
            }
            try editor.write(changed)
        }
        return .success
    }
}
