package import Diagnostics
package import YAMLSyntax

extension PolicyFile {
    /// Reads and checks a policy; everything that is wrong with its schema is reported at once, in the file's order.
    package static func parse(
        _ source: SourceText,
        limits: YAMLLimits = .policy
    ) throws(DiagnosticList) -> PolicyFile {
        let root: YAMLNode
        do {
            root = try YAMLReader.read(source, limits: limits)
        } catch {
            throw DiagnosticList([error])
        }
        return try parse(root, of: source)
    }

    /// Checks a policy whose text was read before.
    package static func parse(_ root: YAMLNode, of source: SourceText) throws(DiagnosticList) -> PolicyFile {
        let findings = Findings()
        let file = PolicyFileParser(source: source, findings: findings).file(root)
        guard let file, findings.diagnostics.isEmpty else { throw DiagnosticList(findings.sorted) }
        return file
    }
}
