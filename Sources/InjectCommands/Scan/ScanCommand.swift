internal import ArgumentParser
internal import Diagnostics
internal import LogMasking
internal import SecretScan

/// `inject scan`: the masker's search over files.
struct ScanCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Finds the granted secrets in files and folders, before they are uploaded.",
        discussion: """
            make && inject scan --environment dev dist
              inject scan --values values.json --format json dist report.html

            Searched for is what `inject mask` masks, in the same forms. Files are read as they lie: a compressed \
            archive is listed as not looked into. Symbolic links are not followed.

            Exit codes: 0 nothing found, 1 a secret was found, 2 something cannot be read.
            """
    )

    @Argument(help: "The files and folders to search.")
    var paths: [String]

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions
    @OptionGroup(title: "Stores") var storeOptions: StoreOptions

    @Option(help: ArgumentHelp("A JSON object of name to value.", valueName: "file"))
    var values: String?

    @Option(help: "How to print the findings.")
    var format = OutputFormat.text

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let values = try GrantedValues.fetch(
            file: values, policyOptions, tokenOptions, storeOptions, in: surroundings)
        let console = surroundings.console
        var output = ScanOutput(console: console, format: format)
        do {
            let patterns = try MaskPatterns(values)
            for value in patterns.unmaskable { console.report(UnmaskableText.diagnostic(value)) }
            var scanner = try FileScanner(patterns)
            var walk = FileWalk()
            for path in paths {
                try walk.walk(ScanPath(path)) { file in
                    output.take(try scanner.scan(file), of: file.shown)
                } refuse: { place, reason in
                    output.refuse(place.shown, reason)
                }
            }
        } catch {
            throw Diagnostic(.scanFailed, "there is no memory for the search")
        }
        return output.status
    }
}

extension Diagnostic.ID {
    /// The search could not work.
    static let scanFailed = Diagnostic.ID("scan-failed")
    /// A file or folder cannot be read.
    static let scanUnreadable = Diagnostic.ID("scan-unreadable")
}
