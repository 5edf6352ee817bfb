internal import ArgumentParser

/// Which encrypted file, and how long its keys may take.
struct EncryptedFileOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The encrypted file: `.yaml`, `.json` or `.env`, as sops writes it.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp("How long unwrapping the key may take (INJECT_DEADLINE; default: 60s).", valueName: "time")
    )
    var deadline: String?
}
