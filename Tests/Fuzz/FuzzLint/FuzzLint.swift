import Diagnostics
import PolicyLint
import YAMLSyntax

/// Any bytes as other programs' YAML, as a policy of IAM and as a policy to lint: read or refused, and reported, without a trap.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzLint(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let source = SourceText(name: "inject.yaml", bytes: Array(UnsafeBufferPointer(start: start, count: count)))
    if let node = try? LenientYAMLReader.read(source) {
        precondition(node.span.range.upperBound <= count)
    }
    if let subject = try? LintSubject(iam: source, now: 0) {
        _ = SARIFReport.text(PolicyLinter(RuleCatalogue.ofIAM).findings(in: subject), rules: [], version: "0")
    }
    let findings = PolicyLinter(persona: .auditor).findings(in: LintSubject(policy: source, now: 0))
    let report = SARIFReport.text(findings, rules: RuleCatalogue.all, version: "0")
    precondition(report.hasSuffix("}\n"))
    _ = LintFix.applied(findings.compactMap(\.fix).filter { $0.source.name == source.name }, to: source)
    return 0
}
