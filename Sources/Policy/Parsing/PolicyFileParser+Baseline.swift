internal import Diagnostics
internal import YAMLSyntax

extension PolicyFileParser {
    /// Reads a file of rules alone.
    func baseline(_ root: YAMLNode) -> PolicyFile? {
        guard isVersionOne(root.pair("version")), let pairs = findings.pairs(root, PolicyKeys.baseline) else {
            return nil
        }
        let issuer = issuer(pairs["issuer"])
        let conditions = ConditionParser(findings: findings, issuer: issuer)
        let rules = RuleParser(findings: findings, conditions: conditions, declared: nil)
        let file = PolicyFile(
            source: source,
            issuer: issuer,
            implied: [],
            repository: nil,
            owners: [],
            defaults: DefaultsParser(findings: findings).defaults(nil),
            environments: [],
            denies: pairs["deny"].map { rules.denies($0.value) } ?? [],
            assertions: pairs["assert"].map { rules.assertions($0.value) } ?? [],
            tests: []
        )
        PolicyChecks(findings: findings, file: file, root: root).checkIDs()
        return file
    }
}
