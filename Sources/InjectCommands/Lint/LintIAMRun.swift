internal import Diagnostics
internal import PolicyLint

/// Lints files of IAM's policies: whom roles trust, and what they may read.
struct LintIAMRun {
    /// What stands before the files.
    static let word = "aws-iam"

    /// One byte more than the reader takes, so that it can say so.
    private static let limit = (1 << 20) + 1

    let persona: Persona
    let baseline: String?
    let now: Int64

    /// What is wrong in a file and was not there before, and whom its roles let in.
    func findings(in path: String) throws(Diagnostic) -> [LintFinding] {
        let found = linter.findings(in: try subject(path))
        return try baseline.map { name throws(Diagnostic) in try LintRun.baseline(name).new(found) } ?? found
    }

    /// Mends what can be; a file that could be read before can be read after, or nothing is written.
    func mend(_ path: String, _ console: Console) throws(Diagnostic) {
        let fixes = linter.findings(in: try subject(path)).compactMap(\.fix)
        try LintMending(console: console).mend(fixes) { name, bytes in
            (try? LintSubject(iam: SourceText(name: name, bytes: bytes), now: now)) != nil
        }
    }

    private var linter: PolicyLinter { PolicyLinter(RuleCatalogue.ofIAM, persona: persona) }

    private func subject(_ path: String) throws(Diagnostic) -> LintSubject {
        let bytes: [UInt8]
        do {
            bytes = try InputFile.bytes(of: path, limit: Self.limit)
        } catch {
            throw Diagnostic(.lintUnreadable, "`\(path)` cannot be read: \(error.reason)")
        }
        return try LintSubject(iam: SourceText(name: path, bytes: bytes), now: now)
    }
}

extension Diagnostic.ID {
    /// A file that is to be linted cannot be read.
    static let lintUnreadable = Diagnostic.ID("lint-unreadable")
}
