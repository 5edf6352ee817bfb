internal import ArgumentParser
internal import Diagnostics
internal import Policy
internal import PolicyImport

/// `inject import`: another system's policy as an `inject.yaml`.
struct ImportCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Writes another system's policy as an inject.yaml, and never a wider one.",
        discussion: """
            What cannot be said is left out, and a comment says so: the result may let in fewer tokens than the original, \
            and lets in no other ones. Which secrets the jobs read is for you to write. Exit code 0: all of it was said; \
            1: something was left out; 2: the file cannot be read.

              inject import octo-sts .github/chainguard/deploy.sts.yaml >inject.yaml
              inject import vault role.json --repository acme/shop --repository-id 456789
              inject import aws trust-policy.json
            """
    )

    @Argument(help: "Whose policy it is: octo-sts, vault (a role for JWTs) or aws (a role's trust policy).")
    var system: ImportedPolicy.System

    @Argument(help: ArgumentHelp("The file, `-` for standard input.", valueName: "file"))
    var file: String

    @Option(help: ArgumentHelp("The repository of the policy, if the file names none.", valueName: "owner/name"))
    var repository: String?

    @Option(help: ArgumentHelp("The repository's number; a name alone can be registered again.", valueName: "number"))
    var repositoryID: String?

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        if let number = repositoryID, number.isEmpty || !number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            throw Diagnostic(.usage, "`\(number)` is no number of a repository")
        }
        let bytes: [UInt8]
        do { bytes = try InputFile.bytes(of: file, limit: 1 << 20) } catch {
            throw Diagnostic(.policyMissing, "`\(file)` cannot be read: \(error.reason)")
        }
        let source = SourceText(name: file, bytes: bytes)
        let policy = try ImportedPolicy(source, from: system, repositoryID: repositoryID)
        let text = try policy.text(repository: repository)
        // What we write, we can read.
        _ = try PolicyFile.parse(SourceText(name: "the imported policy", bytes: Array(text.utf8)))
        surroundings.console.output(text)
        return policy.isPartial ? .findings : .success
    }
}

extension ImportedPolicy.System: ExpressibleByArgument {}
