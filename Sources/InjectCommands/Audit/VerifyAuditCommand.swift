internal import ArgumentParser
internal import Audit
internal import Diagnostics
internal import OpenSSLCrypto

/// `inject audit verify`: says whether a log is as it was written.
struct VerifyAuditCommand: Subcommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Finds every change of an audit log: of a bit, of the order, of its length.",
        discussion: """
            The chain of hashes shows that no record was changed, removed or moved. That the log is the broker's, and not \
            one that somebody made anew, only the signed checkpoints show: give the public key.

              inject audit verify /var/lib/inject-broker/audit.jsonl --key audit.pub

            Older parts of the log that lie beside it are checked with it, from the record on that retention left (`.base`).

            Exit codes: 0 the log is whole, 1 it is not, 2 it cannot be read.
            """
    )

    @Argument(help: "The log; `-` is standard input.")
    var file: String

    @Option(help: ArgumentHelp("The public key of the checkpoints, in PEM.", valueName: "file"))
    var key: String?

    @Option(help: ArgumentHelp("The newest checkpoint (default: the one beside the log).", valueName: "file"))
    var checkpoint: String?

    func perform(in surroundings: Surroundings) throws -> ExitStatus {
        // In this order a broker that writes meanwhile is ahead of what was read before, and never behind it.
        let beside = try besides()
        let input = try AuditInput(file)
        let base = try base()
        let older = AuditSegments.kept(input.older, behind: base)
        var verifier = AuditVerifier(key: try key.map(AuditKeyFile.publicKey), base: base, beside: beside)
        for part in older {
            let isTorn = try input.lines(of: part) { verifier.take($0) }
            verifier.nextFile(torn: isTorn)
        }
        let isTorn = try input.lines { verifier.take($0) }
        verifier.finish(torn: isTorn)
        let files = older + [file]
        for finding in verifier.findings { surroundings.console.report(finding.diagnostic(files[finding.file])) }
        guard verifier.findings.isEmpty else { return .findings }
        surroundings.console.output(
            "\(verifier.records) records, none changed, removed or moved\n" + coverage(verifier))
        return .success
    }

    private func coverage(_ verifier: AuditVerifier) -> String {
        guard key != nil else { return "not checked: whose log it is; give the key of its checkpoints with --key\n" }
        let rest = verifier.last - verifier.signed
        return "signed up to record \(verifier.signed); \(rest) after it are vouched for by the chain alone\n"
    }

    private func base() throws -> [UInt8]? {
        file == "-" ? nil : try record(AuditSegments.basePath(of: file), mayBeMissing: true)
    }

    private func besides() throws -> [UInt8]? {
        if let checkpoint { return try record(checkpoint, mayBeMissing: false) }
        return file == "-" ? nil : try record(AuditSidecar.path(of: file), mayBeMissing: true)
    }

    /// What cannot be read could be what a cut log is found by: that it is not there has to be known.
    private func record(_ path: String, mayBeMissing: Bool) throws -> [UInt8]? {
        do throws(InputFile.Failure) { return try InputFile.bytes(of: path, limit: 1 << 17) } catch {
            if case .missing = error, mayBeMissing { return nil }
            throw Diagnostic(.auditUnreadable, "the checkpoint cannot be read: \(error.reason)", at: .file(path))
        }
    }
}

extension AuditFinding {
    fileprivate func diagnostic(_ file: String) -> Diagnostic {
        Diagnostic(
            .auditChanged, "the audit log is not as it was written: \(kind.rawValue)",
            at: line == 0 ? .file(file) : .line(file: file, line: line)
        )
    }
}
