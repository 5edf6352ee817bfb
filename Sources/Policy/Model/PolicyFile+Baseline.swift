package import Diagnostics
internal import YAMLSyntax

extension PolicyFile {
    /// Reads a baseline: what an organisation denies and asserts, whatever the repositories' policies grant.
    ///
    /// It has no environments, so it can give nothing, and its rules may name secrets that only some policies have.
    package static func parse(baseline source: SourceText) throws(DiagnosticList) -> PolicyFile {
        let root: YAMLNode
        do throws(Diagnostic) { root = try YAMLReader.read(source, limits: .policy) } catch {
            throw DiagnosticList([error])
        }
        let findings = Findings()
        let file = PolicyFileParser(source: source, findings: findings).baseline(root)
        guard let file, findings.diagnostics.isEmpty else { throw DiagnosticList(findings.sorted) }
        return file
    }

    /// This policy as a server sees it under a baseline: without local environments, with the baseline's rules beside its
    /// own, and with the baseline's assertions in place of its own.
    package func under(_ baseline: PolicyFile) -> PolicyFile {
        PolicyFile(
            source: source,
            issuer: issuer,
            implied: implied,
            repository: repository,
            owners: owners,
            defaults: defaults,
            environments: environments.filter { !$0.isLocal },
            denies: denies + baseline.denies,
            assertions: baseline.assertions,
            tests: [],
            lint: lint
        )
    }
}
