internal import ArgumentParser
internal import Diagnostics
internal import LogMasking
internal import SecretScan

/// `inject scan`: the masker's search over files.
struct ScanCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "scan",
        abstract: "Finds the granted secrets in files, archives and git's objects, before they are uploaded.",
        discussion: """
            make && inject scan --environment dev dist
              inject scan --values values.json --format json dist report.html
              inject scan --environment dev --git .

            Searched for is what `inject mask` masks, in the same forms. gzip, tar and ZIP files are looked into, told \
            by their content and up to 8 deep: `dist/app.zip!conf/app.env:3` is line 3 of a member. What is not, \
            such as an encrypted member or xz, is listed. Symbolic links in folders are not followed.

            Exit codes: 0 nothing found, 1 a secret was found, 2 something cannot be read.
            """
    )

    @Argument(help: "The files and folders to search.")
    var paths: [String] = []

    @Option(help: ArgumentHelp("Search all objects of a git repository, also those of no commit.", valueName: "folder"))
    var git: [String] = []

    @OptionGroup(title: "Policy") var policyOptions: PolicyOptions
    @OptionGroup(title: "Token") var tokenOptions: TokenOptions
    @OptionGroup(title: "Stores") var storeOptions: StoreOptions

    @Option(help: ArgumentHelp("A JSON object of name to value.", valueName: "file"))
    var values: String?

    @Option(help: "How to print the findings.")
    var format = ScanFormat.text

    func validate() throws {
        guard paths.isEmpty && git.isEmpty else { return }
        throw ValidationError("name a file or folder to search, or a repository with `--git`")
    }

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        let values = try GrantedValues.fetch(
            file: values, policyOptions, tokenOptions, storeOptions, in: surroundings)
        let console = surroundings.console
        let output = ScanOutput(console: console, format: format)
        do {
            let patterns = try MaskPatterns(values)
            for value in patterns.unmaskable { console.report(UnmaskableText.diagnostic(value)) }
            try search(patterns, output)
        } catch let diagnostic as Diagnostic {
            throw diagnostic
        } catch {
            throw Diagnostic(.scanFailed, "there is no memory for the search")
        }
        return output.end()
    }

    private func search(_ patterns: MaskPatterns, _ output: ScanOutput) throws {
        var scanner = try FileScanner(patterns)
        for path in paths {
            try FileWalk.walk(ScanPath(path)) { file, origin in
                try scanner.scan(file, origin) { output.take($1, of: $0.shown) }
            } refuse: { place, reason in
                output.refuse(place.shown, reason)
            }
        }
        for folder in git {
            do {
                try GitScan(folder, patterns).run { output.take($1, of: $0) }
            } catch let diagnostic as Diagnostic {
                output.refuse(diagnostic)
            }
        }
    }
}

extension Diagnostic.ID {
    /// The search could not work.
    static let scanFailed = Diagnostic.ID("scan-failed")
    /// A file or folder cannot be read.
    static let scanUnreadable = Diagnostic.ID("scan-unreadable")
}
