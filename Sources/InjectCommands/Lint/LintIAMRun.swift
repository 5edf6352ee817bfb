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
        let bytes: [UInt8]
        do {
            bytes = try InputFile.bytes(of: path, limit: Self.limit)
        } catch {
            throw Diagnostic(.lintUnreadable, "`\(path)` cannot be read: \(error.reason)")
        }
        let subject = try LintSubject(iam: SourceText(name: path, bytes: bytes), now: now)
        let found = PolicyLinter(RuleCatalogue.ofIAM, persona: persona).findings(in: subject)
        return try baseline.map { name throws(Diagnostic) in try LintRun.baseline(name).new(found) } ?? found
    }
}

extension Diagnostic.ID {
    /// A file that is to be linted cannot be read.
    static let lintUnreadable = Diagnostic.ID("lint-unreadable")
}
