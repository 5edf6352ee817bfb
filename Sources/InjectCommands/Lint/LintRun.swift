internal import Diagnostics
internal import Policy
internal import PolicyLint

/// Lints one policy and what stands beside it.
struct LintRun {
    let path: String
    let persona: Persona?
    let baseline: String?
    /// Where the policy before stands.
    let base: String?
    let surroundings: Surroundings

    /// What is wrong and was not there before.
    func findings() throws -> [LintFinding] {
        let subject = try subject()
        let settings = subject.policy?.lint
        let persona = persona ?? settings?.persona.flatMap(Persona.init) ?? .regular
        let found = PolicyLinter(persona: persona).findings(in: subject)
        guard let file = baseline ?? settings?.baseline.map(besidePolicy) else { return found }
        return try Self.baseline(file).new(found)
    }

    /// Applies the fixes, file by file; a policy that could be read before can be read after, or nothing is written.
    func mend() throws {
        let subject = try subject()
        let fixes = PolicyLinter(persona: persona ?? .regular).findings(in: subject).compactMap(\.fix)
        try LintMending(console: surroundings.console).mend(fixes) { name, bytes in
            name != path || Self.isPolicy(bytes)
        }
    }

    private func subject() throws -> LintSubject {
        LintSubject(
            policy: try PolicySource.read(path),
            repository: RepositoryReader.view(around: path),
            base: try before(),
            now: surroundings.now
        )
    }

    private func before() throws -> PolicyFile? {
        guard let base else { return nil }
        let policy = try PolicyRevision.policy(base, path)
        if policy == nil {
            surroundings.console.remark("inject: `\(base)` has no \(path): nothing is compared with it\n")
        }
        return policy
    }

    private func besidePolicy(_ name: String) -> String {
        guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return name }
        return path[...slash] + name
    }

    private static func isPolicy(_ bytes: [UInt8]) -> Bool {
        (try? PolicyFile.parse(SourceText(name: "", bytes: bytes))) != nil
    }

    static func baseline(_ path: String) throws(Diagnostic) -> LintBaseline {
        let bytes: [UInt8]
        do {
            bytes = try InputFile.bytes(of: path, limit: 1 << 22)
        } catch {
            throw Diagnostic(.lintBaseline, "the baseline `\(path)` cannot be read: \(error.reason)")
        }
        guard let baseline = LintBaseline(bytes) else {
            let help = "write it again with `inject lint --write-baseline \(path)`"
            throw Diagnostic(.lintBaseline, "the baseline `\(path)` is not one", [.help(help)])
        }
        return baseline
    }
}

extension Diagnostic.ID {
    /// A file of earlier findings cannot be read.
    static let lintBaseline = Diagnostic.ID("lint-baseline")
}
