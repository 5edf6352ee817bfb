internal import ArgumentParser
internal import Diagnostics
internal import Policy
internal import PolicyLint

/// `inject init`: a first policy, from what the workflows read today.
struct InitCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "init",
        abstract: "Writes a first policy from the repository's workflows and .env.example.",
        discussion: """
            Secrets that jobs read from GitHub today become secrets of their environment, with a grant for the events, \
            branch and workflow that read them. Pull requests get nothing. What cannot be known is a comment that begins \
            with `question:`. Without .env.example, one is written, too. No file is ever overwritten.

              inject init
              inject init --stdout
              inject init --output draft.yaml
            """
    )

    @Option(help: ArgumentHelp("The file to write (default: inject.yaml at the repository's root).", valueName: "file"))
    var output: String?

    @Flag(help: "Replaces the file if it is there.")
    var force = false

    @Flag(help: "Prints the policy and writes nothing.")
    var stdout = false

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        guard !stdout || output == nil && !force else {
            let help = "remove `--stdout`, or `--output` and `--force`"
            throw Diagnostic(.usage, "`--stdout` writes no file", [.help(help)])
        }
        let facts = RepositoryFacts(surroundings.environment)
        let path = output ?? facts.root + "inject.yaml"
        // Before the work, so that the answer does not depend on it.
        if !stdout, !force, InputFile.exists(path) { throw Self.exists(path) }
        let first = try FirstPolicyFile(facts, path: path, now: surroundings.now)
        for workflow in first.unreadable {
            surroundings.console.remark(
                "inject: \(workflow) is left out: it cannot be read, and `inject lint` says why\n")
        }
        guard !stdout else {
            surroundings.console.output(first.text)
            return .success
        }
        try write(first.text, to: path)
        surroundings.console.remark("inject: wrote \(path): \(first.summary)\n")
        let example = facts.root + EnvironmentExample.name
        if let names = first.example, (try? NewFile.write(Array(names.utf8), to: example)) != nil {
            surroundings.console.remark("inject: wrote \(example)\n")
        }
        if let name = first.unignored { keepOut(name, of: facts.root + ".gitignore", surroundings.console) }
        return .success
    }

    /// Adds a line to `.gitignore`: the policy names a file of values that git would take otherwise.
    private func keepOut(_ name: String, of path: String, _ console: Console) {
        do {
            if InputFile.exists(path) {
                let old = try InputFile.bytes(of: path, limit: 1 << 20)
                let lineBreak = old.isEmpty || old.last == UInt8(ascii: "\n") ? "" : "\n"
                try AtomicFile(path).replace(with: old + Array("\(lineBreak)/\(name)\n".utf8))
            } else {
                try NewFile.write(Array("/\(name)\n".utf8), to: path)
            }
            console.remark("inject: added /\(name) to \(path)\n")
        } catch {
            console.remark("inject: \(path) cannot be written: add the line /\(name)\n")
        }
    }

    private func write(_ text: String, to path: String) throws(Diagnostic) {
        do {
            if force, InputFile.exists(path) {
                try AtomicFile(path).replace(with: Array(text.utf8))
            } else {
                try NewFile.write(Array(text.utf8), to: path)
            }
        } catch NewFile.Failure.exists {
            throw Self.exists(path)
        } catch NewFile.Failure.unwritable(let reason) {
            throw Diagnostic(.initUnwritable, "`\(path)` cannot be written: \(reason)")
        } catch {
            throw Diagnostic(.initUnwritable, "`\(path)` cannot be written", [.help("check the folder's permissions")])
        }
    }

    private static func exists(_ path: String) -> Diagnostic {
        Diagnostic(
            .policyExists,
            "`\(path)` is there, and no policy is overwritten",
            [.help("write another file with `--output FILE`, or replace it with `--force`")]
        )
    }
}

extension Diagnostic.ID {
    /// A policy is where the first one would be written.
    static let policyExists = Diagnostic.ID("policy-exists")
    /// The first policy cannot be written.
    static let initUnwritable = Diagnostic.ID("init-unwritable")
    /// What would be written is refused by the policy's own reader.
    static let initRefused = Diagnostic.ID("init-refused")
}
